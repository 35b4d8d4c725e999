"""One colour in, sixteen tokens out, for light and dark: contrast by construction.

Each step has a target relative luminance (WCAG 2.1). The hue is kept, the chroma is shaped
per step, and the OKLCH lightness is searched until the luminance is met. Standard library only.

    python scripts/design/scale.py > lms/pages/styles/colours.css
"""

from __future__ import annotations

import math

Rgb = list[float]

STEPS = (
    "background-default", "background-tinted", "surface-default", "surface-tinted",
    "surface-hover", "surface-active", "border-subtle", "border-default", "border-strong",
    "text-subtle", "text-default", "base-default", "base-hover", "base-active",
    "base-contrast-subtle", "base-contrast-default",
)  # fmt: skip

# Target luminance per step (None: the given colour's own), and the share of its chroma the step carries.
LIGHT: tuple[tuple[float | None, float], ...] = (
    (0.915, 0.03), (0.865, 0.07), (1, 0), (0.80, 0.13), (0.715, 0.2), (0.615, 0.28),
    (0.63, 0.16), (0.175, 0.72), (0.105, 0.85), (0.085, 0.85), (0.0165, 0.5),
    (None, 1), (None, 1), (None, 1), (0.78, 0.2), (1, 0),
)  # fmt: skip
DARK: tuple[tuple[float | None, float], ...] = (
    (0.0095, 0.10), (0.0165, 0.2), (0.0175, 0.12), (0.029, 0.3), (0.043, 0.38), (0.06, 0.45),
    (0.062, 0.26), (0.235, 0.62), (0.44, 0.62), (0.44, 0.62), (0.83, 0.22),
    (0.42, 0.68), (0.52, 0.62), (0.62, 0.55), (0.035, 0.5), (0.0065, 0.25),
)  # fmt: skip
# The neutral is a lichen grey: a fixed, very low chroma instead of a share.
NEUTRAL_LIGHT = (0.0045, 0.0065, 0, 0.009, 0.011, 0.012, 0.011, 0.015,
                 0.018, 0.018, 0.018, 0.02, 0.02, 0.02, 0.01, 0)  # fmt: skip
NEUTRAL_DARK = (0.0115, 0.013, 0.0135, 0.015, 0.016, 0.017, 0.017, 0.016,
                0.014, 0.014, 0.006, 0.012, 0.01, 0.01, 0.012, 0.01)  # fmt: skip
PALETTE = {
    "accent": "#7A2F5C",  # heather: what can be pressed, and "you"
    "neutral": "#36392F",  # lichen and spruce
    "brand1": "#2F5D50",  # moss: done
    "brand2": "#A85F0A",  # cloudberry: due now
    "info": "#2B5C86",  # glacier
    "danger": "#A8262F",  # lingonberry: wrong, revoked
}


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, as WCAG 2.1 counts it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return sum(w * _linear(c) for w, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue (radians) of ``#rrggbb``."""
    r, g, b = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long, middle, short = (
        math.copysign(abs(v) ** (1 / 3), v)
        for v in (
            0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        )
    )
    a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
    bb = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
    lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
    return lightness, math.hypot(a, bb), math.atan2(bb, a)


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb``; chroma is lowered until the colour can be shown."""
    while True:
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
        out = (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
        )
        if all(-0.0005 <= c <= 1.0005 for c in out) or chroma < 0.001:
            return "#" + "".join(f"{round(255 * _gamma(min(1, max(0, c)))):02X}" for c in out)
        chroma *= 0.96


def at_luminance(target: float, chroma: float, hue: float) -> str:
    """The colour of this hue that has this luminance."""
    if target >= 1:
        return "#FFFFFF"
    low, high = 0.0, 1.0
    for _ in range(30):
        mid = (low + high) / 2
        low, high = (mid, high) if luminance(from_oklch(mid, chroma, hue)) < target else (low, mid)
    return from_oklch(high, chroma, hue)


def scale(colour: str, *, dark: bool = False) -> dict[str, str]:
    """The sixteen steps of one colour."""
    _, chroma, hue = to_oklch(colour)
    given = min(luminance(colour), 0.135)  # white text on a filled button: at least 5.6:1
    own = {"base-default": given, "base-hover": given * 0.72, "base-active": given * 0.5}
    grey = chroma < 0.03
    flat = NEUTRAL_DARK if dark else NEUTRAL_LIGHT
    steps = DARK if dark else LIGHT
    return {
        step: at_luminance(own[step] if target is None else target, flat[i] if grey else chroma * share, hue)
        for i, (step, (target, share)) in enumerate(zip(STEPS, steps, strict=True))
    }


def css(palette: dict[str, str] = PALETTE) -> str:
    """The stylesheet: light, dark by choice, dark by the device, and the aliases of ``data-color``."""

    def block(dark: bool) -> str:
        rows = [f"color-scheme: {'dark' if dark else 'light'};"]
        for name, colour in palette.items():
            rows += [f"--ds-color-{name}-{step}: {value};" for step, value in scale(colour, dark=dark).items()]
        return "\n".join("  " + row for row in rows)

    def alias(name: str) -> str:
        selector = ':root, [data-color-scheme], [data-color="accent"]' if name == "accent" else f'[data-color="{name}"]'
        return selector + " { " + " ".join(f"--ds-color-{s}: var(--ds-color-{name}-{s});" for s in STEPS) + " }"

    light, dark = block(False), block(True)
    return "\n".join(
        [
            "/* Generated by scripts/design/scale.py; change the palette there, not the values here. */",
            f':root, [data-color-scheme="light"] {{\n{light}\n}}',
            f'[data-color-scheme="dark"] {{\n{dark}\n}}',
            f'@media (prefers-color-scheme: dark) {{ [data-color-scheme="auto"] {{\n{dark}\n}} }}',
            *(alias(name) for name in ("accent", "neutral", "danger") if name in palette),
        ]
    )


if __name__ == "__main__":
    print(css())
