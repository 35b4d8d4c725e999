"""The look of Tillit for moving pictures: paper, contour lines, the dotted path, stones and people."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import skia

FONTS = Path(__file__).resolve().parents[2] / "lms" / "paper" / "fonts"
WIDTH, HEIGHT = 1280, 720

PAPER, SHEET, INK, QUIET, HAIR = "#F4F6F2", "#FFFFFF", "#21241A", "#505449", "#CFD1C9"
HEATHER, HEATHER_TINT, HEATHER_MID = "#7A2F5C", "#F0E2EA", "#C08FAC"
MOSS, MOSS_TINT, MOSS_MID = "#2F5D50", "#DDE8E2", "#8FB3A6"
CLOUD, CLOUD_TINT = "#9A5600", "#F6E7D5"
GLACIER, GLACIER_TINT = "#2B5C86", "#DBE4EC"

Point = tuple[float, float]
STONES = (
    "M3.6 28.4 4.7 22.9 11.4 21.4 26.3 22 28.6 28.4Z",
    "M8.3 19.4 6.4 14.2 15.2 12.3 25.7 13.4 24.6 19.7 15.8 19.1Z",
    "M12.2 10.4 11.3 6 14.9 2.9 20.3 4 21 10.1 16.6 9.8Z",
)
WORDMARK = (
    "M17 5v14.5q0 4.5 4.6 4.5M11.2 10h11.6M30.5 11v13M40.5 3v21M51.5 3v21M61.5 11v13"
    "M75 5v14.5q0 4.5-4.6 4.5M69.2 10h11.6"
)
DOTS = "M30.5 4.4v.01M61.5 4.4v.01"

_FACES = {
    name: skia.Typeface.MakeFromFile(str(FONTS / file))
    for name, file in (
        ("serif", "newsreader-medium.ttf"),
        ("sans", "inter-regular.ttf"),
        ("semi", "inter-semibold.ttf"),
    )
}


def _pairs() -> dict[str, int]:
    rows = json.loads((FONTS / "newsreader-medium.kerning.json").read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for lefts, rights in rows:
        for letters, value in rights.items():
            for left in lefts:
                for right in letters if isinstance(value, int) else ():
                    found[left + right] = value
    return found


KERN = _pairs()


def ease(x: float) -> float:
    """The product's curve of motion, cubic-bezier(.2, .7, .2, 1)."""
    if x <= 0 or x >= 1:
        return float(x > 0)
    low, high = 0.0, 1.0
    for _ in range(22):
        s = (low + high) / 2
        if 3 * 0.2 * s * (1 - s) ** 2 + 3 * 0.2 * s * s * (1 - s) + s**3 < x:
            low = s
        else:
            high = s
    return 3 * 0.7 * s * (1 - s) ** 2 + 3 * s * s * (1 - s) + s**3


def arrive(t: float, start: float, seconds: float = 0.6) -> float:
    """0 before the start, 1 when arrived."""
    return ease((t - start) / seconds)


def between(a: float, b: float, x: float) -> float:
    """The value a share x of the way from a to b."""
    return a + (b - a) * x


def slow(x: float) -> float:
    """A long, even movement that starts and ends gently."""
    x = min(max(x, 0.0), 1.0)
    return x * x * x * (x * (6 * x - 15) + 10)


def stir(t: float, who: float) -> float:
    """Someone who stands still, and now and then shifts a little: 0, or a short swing."""
    x = (t / 4.3 + who * 0.377) % 1
    return math.sin(2 * math.pi * x / 0.24) if x < 0.24 else 0.0


def colour(text: str, alpha: float = 1.0) -> int:
    """A colour for Skia."""
    value = int(text[1:], 16)
    return int(skia.Color(value >> 16, value >> 8 & 255, value & 255, round(255 * min(max(alpha, 0), 1))))


def fill(text: str, alpha: float = 1.0) -> Any:
    """A brush."""
    return skia.Paint(Color=colour(text, alpha), AntiAlias=True)


def pen(text: str, width: float, alpha: float = 1.0, dash: Sequence[float] | None = None) -> Any:
    """A pen with round ends."""
    paint = skia.Paint(
        Color=colour(text, alpha),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
    if dash:
        paint.setPathEffect(skia.DashPathEffect.Make(list(dash), 0))
    return paint


def _font(face: str, size: float) -> Any:
    font = skia.Font(_FACES[face], size)
    font.setSubpixel(True)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    font.setHinting(skia.FontHinting.kNone)
    return font


def _advances(text: str, face: str, size: float) -> list[float]:
    font = _font(face, size)
    widths = list(font.getWidths(font.textToGlyphs(text)))
    tracking = {"serif": -0.014, "sans": -0.004, "semi": -0.006}[face] * size
    for i in range(len(widths)):
        pair = KERN.get(text[i : i + 2], 0) if face == "serif" and i + 1 < len(text) else 0
        widths[i] += tracking + pair * size / 1000
    return widths


def measure(text: str, face: str, size: float) -> float:
    """How wide a line is."""
    return sum(_advances(text, face, size))


def write(
    c: Any,
    text: str,
    x: float,
    y: float,
    face: str,
    size: float,
    ink: str = INK,
    alpha: float = 1.0,
    align: str = "left",
) -> None:
    """Set lines of text; y is the first baseline."""
    font, paint = _font(face, size), fill(ink, alpha)
    for row, line in enumerate(text.split("\n")):
        steps = _advances(line, face, size)
        cx = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * sum(steps)
        cy = y + row * size * (1.14 if face == "serif" else 1.4)
        positions = []
        for step in steps:
            positions.append(skia.Point(cx, cy))
            cx += step
        glyphs = font.textToGlyphs(line)
        builder = skia.TextBlobBuilder()
        builder.allocRunPos(font, glyphs, positions)
        blob = builder.make()
        if blob:
            c.drawTextBlob(blob, 0, 0, paint)


def rise(
    c: Any,
    t: float,
    start: float,
    text: str,
    x: float,
    y: float,
    face: str,
    size: float,
    ink: str = INK,
    align: str = "left",
) -> None:
    """Text that arrives from a little below."""
    a = arrive(t, start)
    if a > 0:
        write(c, text, x, y + 14 * (1 - a), face, size, ink, a, align)


def box(c: Any, x: float, y: float, w: float, h: float, radius: float, paint: Any) -> None:
    """A rectangle with round corners."""
    c.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius, paint)


def smooth(points: Sequence[Point], closed: bool = False) -> Any:
    """A soft line through the points."""
    path = skia.Path()
    n = len(points)
    path.moveTo(*points[0])
    for i in range(n if closed else n - 1):
        p0 = points[(i - 1) % n] if closed or i else points[0]
        p1, p2 = points[i], points[(i + 1) % n]
        p3 = points[(i + 2) % n] if closed or i + 2 < n else points[-1]
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) / 6,
            p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6,
            p2[1] - (p3[1] - p1[1]) / 6,
            *p2,
        )
    if closed:
        path.close()
    return path


WAVES = ((2, 0.15, 0.6), (3, 0.11, 2.4), (4, 0.06, 5.2), (5, 0.035, 0.4), (7, 0.016, 3.0))


def contours(
    c: Any,
    x: float,
    y: float,
    reach: float,
    turn: float = 0.0,
    ink: str = "#D9DCD4",
    rings: int = 10,
    alpha: float = 1.0,
) -> None:
    """The ground: contour lines round a summit."""
    for number in range(1, rings):
        s = (number + 0.6) / rings
        points = []
        for j in range(36):
            a = 2 * math.pi * j / 36
            swing = 1 + sum(v * s**0.62 * math.cos(k * (a + turn) + p + 0.5 * (1 - s) * k) for k, v, p in WAVES)
            r = reach * s**0.94 * swing
            points.append((x + 60 * s * s + r * math.cos(a), y - 30 * s * s + 0.86 * r * math.sin(a)))
        c.drawPath(smooth(points, True), pen(ink, 2.2 if number % 5 == 0 else 1.3, alpha))


def trail(
    c: Any, points: Sequence[Point], walked: float = 0.0, shown: float = 1.0, ink: str = HEATHER, width: float = 5.0
) -> Point:
    """The marked path: a line where someone has gone, dots ahead. Returns where the walker stands."""
    measured = skia.PathMeasure(smooth(points), False)
    length = measured.getLength()
    here = length * walked
    steps = int(length / (width * 2.7))
    for i in range(steps + 1):
        at = length * i / steps
        if here + width < at <= length * shown:
            spot, _ = measured.getPosTan(at)
            c.drawCircle(spot, width * 0.5, fill(ink))
    if walked > 0:
        part = skia.Path()
        measured.getSegment(0, here, part, True)
        c.drawPath(part, pen(ink, width))
    spot, _ = measured.getPosTan(here)
    return float(spot.x()), float(spot.y())


def cairn(
    c: Any, x: float, y: float, size: float, laid: Sequence[float], ink: str = HEATHER, ghosts: bool = True
) -> None:
    """The cairn, foot at (x, y). Each number is how far that stone has sunk into place."""
    for shape, share in zip(STONES, [*laid, 0, 0, 0], strict=False):
        path = svg(shape)
        scale = size / 25
        c.save()
        c.translate(x - 16.1 * scale, y - 28.4 * scale - (1 - share) * 14 * (share > 0))
        c.scale(scale, scale)
        if share > 0:
            c.drawPath(path, fill(ink, min(1, share * 1.6)))
        elif ghosts:
            c.drawPath(path, pen(ink, 0.5, 0.6, (1.1, 1.3)))
        c.restore()


def svg(shape: str) -> Any:
    """A path from the few letters of SVG that our marks use: M h v q L Z, spaces and joined signs."""
    path = skia.Path()
    x = y = 0.0
    for letter, body in re.findall(r"([MhvqZ])([^MhvqZ]*)", shape):
        n = [float(v) for v in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", body)]
        if letter == "M":
            x, y = n[0], n[1]
            path.moveTo(x, y)
            for i in range(2, len(n), 2):
                x, y = n[i], n[i + 1]
                path.lineTo(x, y)
        elif letter == "h":
            x += n[0]
            path.lineTo(x, y)
        elif letter == "v":
            y += n[0]
            path.lineTo(x, y)
        elif letter == "q":
            path.quadTo(x + n[0], y + n[1], x + n[2], y + n[3])
            x, y = x + n[2], y + n[3]
        else:
            path.close()
    return path


def wordmark(c: Any, x: float, y: float, height: float, ink: str = INK, alpha: float = 1.0) -> None:
    """The name, left foot at (x, y)."""
    s = height / 28
    c.save()
    c.translate(x - 8 * s, y - 24 * s)
    c.scale(s, s)
    c.drawPath(svg(WORDMARK), pen(ink, 3.3, alpha))
    c.drawPath(svg(DOTS), pen(ink, 4.2, alpha))
    c.restore()


def tick(c: Any, x: float, y: float, size: float, share: float, ink: str = MOSS, sheet: str = SHEET) -> None:
    """Done: a filled disc with a tick that draws itself."""
    if share <= 0:
        return
    c.drawCircle(x, y, size * min(1, share * 1.4), fill(ink))
    path = skia.Path()
    path.moveTo(x - 0.42 * size, y + 0.02 * size)
    path.lineTo(x - 0.1 * size, y + 0.34 * size)
    path.lineTo(x + 0.46 * size, y - 0.32 * size)
    part = skia.Path()
    skia.PathMeasure(path, False).getSegment(0, 2 * size * max(0, share - 0.3) / 0.7, part, True)
    c.drawPath(part, pen(sheet, size * 0.2))


# People. Seen from the front as a bust; seen from above as a head over shoulders. No faces: anyone.
LOOKS: dict[str, tuple[str, str, str, str]] = {
    # clothes, skin, hair, cut
    "Amina": (HEATHER, "#B98462", "#2B211C", "shawl"),
    "Jon": (MOSS, "#E3B899", "#8A6A48", "short"),
    "Berit": (GLACIER, "#EBC7AC", "#B9B4AA", "bob"),
    "Elias": (CLOUD, "#D9A783", "#3A2A20", "curls"),
    "Torunn": ("#4A4F43", "#E8C0A2", "#6B3F22", "bun"),
    "Ingrid": (HEATHER, "#E8C0A2", "#6B4A2E", "bob"),
    "A": ("#5E7F74", "#D9A783", "#3A2A20", "short"),
    "B": ("#7C8A9A", "#EBC7AC", "#8A6A48", "bob"),
    "C": ("#8A7B5C", "#B98462", "#2B211C", "curls"),
    "D": ("#6F7568", "#E3B899", "#B9B4AA", "short"),
    "E": ("#4E6E63", "#E8C0A2", "#6B3F22", "bun"),
    "F": ("#66788A", "#8C5A3C", "#1F1814", "short"),
}


def bust(c: Any, who: str, x: float, y: float, size: float, alpha: float = 1.0) -> None:
    """A person from the front; (x, y) is the middle of the chest's lower edge."""
    clothes, skin, hair, cut = LOOKS[who]
    s = size / 100
    c.save()
    c.translate(x, y)
    c.scale(s, s)
    c.saveLayerAlpha(None, round(255 * alpha))
    if cut == "shawl":
        c.drawOval(skia.Rect.MakeXYWH(-31, -127, 62, 80), fill(hair))
        box(c, -31, -92, 62, 52, 22, fill(hair))
    if cut == "bob":
        box(c, -32, -124, 64, 72, 30, fill(hair))
    body = skia.Path()
    body.moveTo(-62, 0)
    body.cubicTo(-62, -44, -34, -52, 0, -52)
    body.cubicTo(34, -52, 62, -44, 62, 0)
    body.close()
    c.drawPath(body, fill(clothes))
    box(c, -12, -66, 24, 26, 10, fill(skin))
    c.drawOval(skia.Rect.MakeXYWH(-25, -118, 50, 58), fill(skin))
    if cut == "short":
        cap = skia.Path()
        cap.moveTo(-27, -92)
        cap.cubicTo(-30, -128, 30, -132, 27, -92)
        cap.cubicTo(20, -106, 2, -108, -8, -107)
        cap.cubicTo(-18, -106, -24, -102, -27, -92)
        c.drawPath(cap, fill(hair))
    elif cut == "curls":
        for dx, dy, r in ((-20, -104, 12), (-8, -114, 13), (7, -115, 13), (20, -105, 12), (-26, -92, 8), (26, -92, 8)):
            c.drawCircle(dx, dy, r, fill(hair))
    elif cut == "bob":
        fringe = skia.Path()
        fringe.moveTo(-30, -88)
        fringe.cubicTo(-30, -128, 30, -128, 30, -88)
        fringe.cubicTo(24, -104, 10, -106, -4, -108)
        fringe.cubicTo(-14, -104, -24, -100, -30, -88)
        c.drawPath(fringe, fill(hair))
    elif cut == "bun":
        c.drawCircle(0, -126, 12, fill(hair))
        cap = skia.Path()
        cap.moveTo(-27, -90)
        cap.cubicTo(-30, -126, 30, -126, 27, -90)
        cap.cubicTo(18, -108, -18, -108, -27, -90)
        c.drawPath(cap, fill(hair))
    elif cut == "shawl":
        cap = skia.Path()
        cap.moveTo(-26, -84)
        cap.cubicTo(-32, -128, 32, -128, 26, -84)
        cap.cubicTo(24, -104, 8, -110, 0, -111)
        cap.cubicTo(-8, -110, -24, -104, -26, -84)
        c.drawPath(cap, fill(hair))
    c.restore()
    c.restore()


def above(c: Any, who: str, x: float, y: float, size: float, facing: float = 0.0, alpha: float = 1.0) -> None:
    """A person seen from above, turned towards an angle (0 is right)."""
    clothes, skin, hair, cut = LOOKS[who]
    s = size / 60
    c.save()
    c.translate(x, y)
    c.rotate(math.degrees(facing))
    c.scale(s, s)
    box(c, -14, -29, 28, 58, 14, fill(clothes, alpha))
    box(c, 2, -27, 16, 12, 6, fill(clothes, alpha))
    box(c, 2, 15, 16, 12, 6, fill(clothes, alpha))
    c.drawCircle(4, 0, 14.5, fill(skin, alpha))
    c.drawCircle(0, 0, 15, fill(hair, alpha))
    if cut == "bun":
        c.drawCircle(-9, 0, 8, fill(hair, alpha))
    if cut in ("bob", "shawl"):
        c.drawCircle(-5, 0, 14, fill(hair, alpha))
    c.restore()


def layer(c: Any, alpha: float) -> None:
    """Begin something that fades as a whole; end it with restore."""
    c.saveLayerAlpha(None, round(255 * min(max(alpha, 0), 1)))


def surface() -> Any:
    """An empty picture."""
    return skia.Surface(WIDTH, HEIGHT)
