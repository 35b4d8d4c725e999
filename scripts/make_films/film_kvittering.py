"""En kvittering reiser."""

from __future__ import annotations

import math
from typing import Any

import skia
from draw import (
    CLOUD,
    HAIR,
    HEATHER,
    HEATHER_TINT,
    INK,
    MOSS,
    PAPER,
    QUIET,
    SHEET,
    arrive,
    between,
    box,
    bust,
    contours,
    fill,
    layer,
    measure,
    pen,
    rise,
    slow,
    smooth,
    tick,
    trail,
    wordmark,
    write,
)
from stage import Film
from timeline import Timeline

STOPS = (
    ("kjop", "Kjøp", "Elias", "varamedlem"),
    ("bilde", "Bilde", "Elias", "varamedlem"),
    ("formal", "Formål", "Elias", "varamedlem"),
    ("attest", "Attest", "Berit", "sekretær"),
    ("godkjenning", "Godkjenning", "Amina", "leder"),
    ("bank", "Bank", "Jon", "kasserer"),
    ("regnskap", "Regnskap", "Jon", "kasserer"),
    ("revisor", "Revisor", "Torunn", "revisor"),
)
STEP = 560.0


def level(x: float) -> float:
    """The height of the way at x."""
    return 545 + 26 * math.sin(x / 230 + 0.6)


WAY = [(float(x), level(x)) for x in range(-900, 5600, 70)]


def signature(c: Any, x: float, y: float, share: float, seed: float, ink: str) -> None:
    """A name in handwriting."""
    points = [(x + i * 9, y + 11 * math.sin(i * 1.9 + seed) * math.cos(i * 0.7 + seed)) for i in range(12)]
    part = skia.Path()
    measured = skia.PathMeasure(smooth(points), False)
    measured.getSegment(0, measured.getLength() * share, part, True)
    c.drawPath(part, pen(ink, 3))


def receipt(c: Any, x: float, y: float, scale: float, tilt: float, s: dict[str, float]) -> None:
    """The receipt with the marks it has gathered; (x, y) is its middle, 300 by 420."""
    c.save()
    c.translate(x, y)
    c.rotate(tilt)
    c.scale(scale, scale)
    sheet = skia.Path()
    sheet.moveTo(-150, -205)
    sheet.lineTo(150, -205)
    sheet.lineTo(150, 228)
    for i in range(15):
        sheet.lineTo(150 - 20 * i - 10, 239 if i % 2 == 0 else 228)
    sheet.lineTo(-150, 228)
    sheet.close()
    shadow = fill(INK, 0.10)
    shadow.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 12))
    c.save()
    c.translate(0, 8)
    c.drawPath(sheet, shadow)
    c.restore()
    c.drawPath(sheet, fill(SHEET))
    c.drawPath(sheet, pen(HAIR, 1.5))
    write(c, "Bakeriet", 0, -156, "serif", 40, INK, 1, "centre")
    write(c, "12.03.2026  15.42", 0, -124, "sans", 19, QUIET, 1, "centre")
    for i, (what, sum_) in enumerate((("Kaffe, 3 poser", "162,00"), ("Boller, 20 stk.", "250,00"))):
        write(c, what, -126, -80 + 32 * i, "sans", 21)
        write(c, sum_, 126, -80 + 32 * i, "sans", 21, INK, 1, "right")
    c.drawLine(-126, -30, 126, -30, pen(HAIR, 2))
    bold = s.get("sum", 0)
    if bold:
        box(c, -134, -22, 268 * bold, 40, 8, fill(HEATHER_TINT))
    write(c, "Sum", -126, 7, "semi", 25)
    write(c, "412,00", 126, 7, "semi", 25, INK, 1, "right")
    if s.get("formal"):
        text = "Mat til åpent møte 12. mars"
        c.save()
        c.clipRect(skia.Rect.MakeXYWH(-130, 26, 262 * s["formal"], 60))
        write(c, text, -126, 58, "serif", 21, HEATHER)
        c.restore()
        c.drawLine(-126, 68, -126 + 252 * s["formal"], 68, pen(HEATHER, 1.5, 0.5))
    for i, (key, word, seed, ink) in enumerate(
        (("attest", "Attestert", 1.3, "#2B5C86"), ("godkjent", "Godkjent", 4.1, HEATHER))
    ):
        y0 = 102 + 38 * i
        if s.get(key):
            write(c, word, -126, y0, "sans", 19, QUIET, min(1, s[key] * 2))
            signature(c, -14, y0 - 6, s[key], seed, ink)
            tick(c, 122, y0 - 7, 11, s[key])
    if s.get("betalt"):
        a = s["betalt"]
        c.save()
        c.translate(72, 186)
        c.rotate(-6)
        c.scale(between(1.5, 1, a), between(1.5, 1, a))
        box(c, -62, -26, 124, 46, 8, fill(SHEET, 0.85 * a))
        box(c, -62, -26, 124, 46, 8, pen(MOSS, 4, a))
        write(c, "Betalt", 0, 8, "semi", 28, MOSS, a, "centre")
        c.restore()
    if s.get("bilag"):
        write(c, "Bilag 47", -126, 196, "semi", 22, CLOUD, s["bilag"])
    if s.get("sett"):
        tick(c, 138, -190, 30, s["sett"])
    c.restore()


def thing(c: Any, key: str, x: float, y: float, share: float) -> None:
    """What happens at the stop, as one small drawing by the person's shoulder."""
    if share <= 0:
        return
    c.save()
    c.translate(x, y)
    c.scale(share, share)
    c.drawCircle(0, 0, 52, fill(SHEET))
    c.drawCircle(0, 0, 52, pen(HAIR, 2))
    ink = pen(INK, 4.5)
    if key == "kjop":
        box(c, -24, -14, 42, 38, 8, ink)
        c.drawArc(skia.Rect.MakeXYWH(10, -8, 20, 22), -80, 160, False, ink)
        for dx in (-12, 2):
            c.drawPath(smooth([(dx, -20), (dx + 4, -27), (dx - 2, -33)]), pen(INK, 3.5))
    elif key == "bilde":
        box(c, -30, -18, 60, 42, 9, ink)
        c.drawCircle(0, 3, 12, ink)
        c.drawLine(-10, -26, 10, -26, ink)
    elif key == "formal":
        c.drawLine(-24, 22, 24, 22, pen(HEATHER, 4.5))
        c.drawLine(-12, 10, 20, -26, ink)
        c.drawLine(-12, 10, -16, 18, ink)
    elif key in ("attest", "godkjenning", "revisor"):
        if key == "revisor":
            c.drawCircle(-6, -6, 20, ink)
            c.drawLine(9, 9, 26, 26, pen(INK, 7))
        else:
            tick(c, 0, 0, 28, 1, MOSS if key == "attest" else HEATHER)
    elif key == "bank":
        c.drawLine(-28, 26, 28, 26, ink)
        for dx in (-18, 0, 18):
            c.drawLine(dx, -6, dx, 20, ink)
        roof = skia.Path()
        roof.moveTo(-28, -10)
        roof.lineTo(0, -28)
        roof.lineTo(28, -10)
        roof.close()
        c.drawPath(roof, ink)
    elif key == "regnskap":
        box(c, -26, -28, 52, 56, 6, ink)
        for dy in (-12, 2, 16):
            c.drawLine(-14, dy, 2, dy, pen(QUIET, 3.5))
            c.drawLine(9, dy, 15, dy, pen(HEATHER, 3.5))
    c.restore()


def marks(t: float, line: Timeline) -> dict[str, float]:
    """What the receipt has gathered by now."""

    def since(scene: str, mark: str, part: int, late: float = 0.0) -> float:
        return arrive(t, line.cue(scene, mark, part) + late, 0.9)

    return {
        "sum": since("kjop", "sum", 0, 0.2) * (1 - arrive(t, line.scene("bilde") - 0.4)),
        "formal": slow((t - line.cue("formal", "", 1) - 0.1) / 2.0),
        "attest": slow((t - line.cue("attest", "", 1) - 0.4) / 1.1),
        "godkjent": slow((t - line.cue("godkjenning", "", 1)) / 1.1),
        "betalt": since("bank", "", 0, 0.35),
        "bilag": since("regnskap", "", 1, 0.2),
        "sett": since("revisor", "", 1, 2.6),
    }


FIVE = ("hvem", "hva", "når", "hvorfor", "hvor mye")


def journey(c: Any, t: float, line: Timeline) -> None:
    """All eight stops are one scene that pans."""
    moves = [line.scene(key) - 0.75 for key, *_ in STOPS]
    at = sum(slow((t - when) / 1.25) for when in moves[1:])
    pan = at * STEP
    contours(c, 905, 300, 900, rings=7)
    c.save()
    c.translate(300 - pan, 0)
    total = WAY[-1][0] - WAY[0][0]
    trail(c, WAY, (pan - WAY[0][0]) / total, ink=HEATHER, width=6)
    for i, (_, _, who, _) in enumerate(STOPS):
        x = i * STEP
        if abs(x - pan) > 1200:
            continue
        y = level(x)
        c.drawCircle(x, y, 25, fill(PAPER))
        c.drawCircle(x, y, 21, fill(HEATHER if at >= i - 0.02 else PAPER))
        c.drawCircle(x, y, 21, pen(HEATHER, 4))
        write(c, str(i + 1), x, y + 9, "semi", 25, SHEET if at >= i - 0.02 else HEATHER, 1, "centre")
        if i and STOPS[i - 1][2] == who:
            continue
        # someone who has several stops walks along
        stops = [j for j, stop in enumerate(STOPS) if stop[2] == who]
        place = min(max(at, stops[0]), stops[-1])
        bust(c, who, place * STEP, level(place * STEP) - 44, 158, max(0.0, 1 - 1.1 * abs(place - at)))
    for i, (key, *_rest) in enumerate(STOPS):
        near = max(0.0, 1 - 6 * abs(i - at))
        thing(c, key, i * STEP + 128, level(i * STEP) - 168, near * arrive(t, moves[i] + 0.9))
    c.restore()
    for i, (_, name, who, role) in enumerate(STOPS):
        shown = arrive(t, moves[i] + (0.7 if i else 0.3)) * (1 - slow((t - (moves[i + 1] if i < 7 else 1e9)) / 0.4))
        if shown <= 0:
            continue
        write(c, name, 96, 156 + 14 * (1 - shown), "serif", 72, INK, shown)
        write(c, who, 98, 206, "semi", 30, HEATHER, shown)
        write(c, f", {role}", 98 + measure(who, "semi", 30), 206, "sans", 30, QUIET, shown)
    s = marks(t, line)
    moving = max((math.sin(math.pi * min(max((t - when) / 1.25, 0), 1)) for when in moves[1:]), default=0)
    snap = arrive(t, line.cue("bilde", "", 1) - 0.1, 0.5) * (1 - arrive(t, line.scene("formal") - 0.6, 0.4))
    lift = between(46, 0, arrive(t, moves[0] + 0.5, 0.9))
    receipt(c, 905, 282 + lift + 16 * moving, between(1.02, 0.88, moving), -1.5 + 5 * moving, s)
    if snap > 0:
        for sx in (-1, 1):
            for sy in (-1, 1):
                corner = skia.Path()
                x, y = 905 + sx * between(226, 188, snap), 282 + sy * between(270, 240, snap)
                corner.moveTo(x - sx * 44, y)
                corner.lineTo(x, y)
                corner.lineTo(x, y - sy * 44)
                c.drawPath(corner, pen(HEATHER, 6, snap))
    five = line.at("formal", "fem")
    out = 1 - arrive(t, line.scene("attest") - 0.6, 0.4)
    begin = line.cue("formal", "fem", 1)
    for i, word in enumerate(FIVE):
        a = arrive(t, begin + 0.46 * i, 0.5) * out
        if a > 0 and t > five:
            y = 128 + 76 * i
            wide = measure(word, "semi", 26) + 40
            box(c, 1262 - wide - 12, y - 34, wide, 50, 25, fill(HEATHER, a))
            write(c, word, 1262 - 12 - wide / 2, y, "semi", 26, SHEET, a, "centre")
    own = line.at("godkjenning", "selv")
    a = arrive(t, line.cue("godkjenning", "selv", 2) - 0.1) * (1 - arrive(t, line.scene("bank") - 0.7, 0.4))
    if a > 0 and t > own:
        box(c, 448, 204, 284, 106, 18, fill(HEATHER, a))
        write(c, "Ingen godkjenner\nsitt eget utlegg", 590, 250, "semi", 29, SHEET, a, "centre")


CREW = ("Elias", "Berit", "Amina", "Jon", "Torunn")


def slutt(c: Any, t: float, line: Timeline) -> None:
    """Five people, one receipt; then why."""
    start, last = line.scene("slutt"), line.at("slutt", "laerdom")
    turn = slow((t - last + 0.45) / 0.8)
    contours(c, 640, 260, 760)
    layer(c, 1 - turn)
    points = [(x, 545 + 16 * math.sin(x / 170)) for x in range(-80, 1400, 70)]
    trail(c, points, slow((t - start + 0.3) / 2.2), ink=HEATHER, width=6)
    for i, who in enumerate(CREW):
        a = arrive(t, start - 0.1 + 0.22 * i, 0.7)
        x = 180 + 230 * i
        bust(c, who, x, 520 + 16 * math.sin(x / 170) + 18 * (1 - a), 118, a)
        write(c, who, x, 612, "semi", 27, INK, a, "centre")
    receipt(c, 640, 160, 0.6, -2, marks(t, line))
    c.restore()
    layer(c, turn)
    rise(c, t, last - 0.1, "Ikke fordi vi mistror.", 96, 240, "serif", 76)
    rise(
        c,
        t,
        line.cue("slutt", "laerdom", 1) - 0.1,
        "Men for at ingen\nskal bli mistrodd.",
        96,
        370,
        "serif",
        76,
        HEATHER,
    )
    wordmark(c, 96, 620, 34, INK, arrive(t, last + 3))
    receipt(c, 1020, 330, 0.92, 4, marks(t, line))
    c.restore()


def emblem(c: Any, t: float) -> None:
    """The receipt on its way."""
    points = [(620, 700), (760, 640), (860, 560), (980, 560), (1100, 600), (1220, 540), (1330, 430)]
    trail(c, points, between(0.1, 0.52, slow((t - 0.3) / 2.6)), width=6)
    receipt(c, 940, 320, 1.02, -5, {"attest": 1, "godkjent": 1})


SCENES = {key: journey for key, *_ in STOPS} | {"slutt": slutt}
FILM = Film(SCENES, emblem, "Ny i styret", "En kvittering\nreiser")


def stones(line: Timeline) -> tuple[float, ...]:
    """When something is set down."""
    return (line.cue("bank", "", 0) + 0.4, line.cue("revisor", "", 1) + 2.7)
