"""The square covers of the episodes, 1400 by 1400."""

from __future__ import annotations

import math
from typing import Any

import skia
from draw import (
    HAIR,
    HEATHER,
    HEATHER_TINT,
    INK,
    MOSS,
    MOSS_TINT,
    SHEET,
    box,
    bust,
    colour,
    contours,
    fill,
    pen,
    trail,
    wordmark,
    write,
)

SIDE = 1400


def _frame(eyebrow: str, title: str, ground: str, x: float, y: float, ring: str, ink: str) -> Any:
    surface = skia.Surface(SIDE, SIDE)
    c = surface.getCanvas()
    c.clear(colour(ground))
    contours(c, x, y, 1250, ink=ring, rings=16)
    write(c, eyebrow, 110, 190, "semi", 46, ink)
    write(c, title, 104, 340, "serif", 136, INK)
    wordmark(c, 110, 1300, 62, INK)
    return surface


def week() -> Any:
    """Den første uken: two who talk, seven stones of a week behind them."""
    surface = _frame("Ny i styret  ·  Lyd", "Den første\nuken", HEATHER_TINT, 900, 820, "#DDC4D2", HEATHER)
    c = surface.getCanvas()
    trail(c, [(-20, 1180), (260, 1150), (560, 1184), (840, 1140), (1120, 1176), (1480, 1110)], 0.5, width=9)
    bust(c, "Berit", 540, 1120, 300)
    bust(c, "D", 990, 1120, 300)
    for x, y, wide, ink in ((415, 570, 250, HEATHER), (850, 570, 330, MOSS)):
        box(c, x, y, wide, 96, 40, fill(ink))
        point = skia.Path()
        point.moveTo(x + wide / 2 - 24, y + 90)
        point.lineTo(x + wide / 2 + 4, y + 132)
        point.lineTo(x + wide / 2 + 30, y + 90)
        c.drawPath(point, fill(ink))
        for i in range(int(wide / 26) - 2):
            high = 12 + 22 * abs(math.sin(i * 1.7 + x))
            c.drawLine(x + 42 + 26 * i, y + 48 - high, x + 42 + 26 * i, y + 48 + high, pen(SHEET, 8))
    return surface


def drawer() -> Any:
    """Hvorfor jeg ikke ville stå på lista: a list, one line left open."""
    surface = _frame(
        "Ny i styret  ·  Lyd", "Hvorfor jeg ikke\nville stå på lista", MOSS_TINT, 760, 900, "#C2D3CA", MOSS
    )
    c = surface.getCanvas()
    c.save()
    c.translate(700, 880)
    c.rotate(-3)
    shadow = fill(INK, 0.12)
    shadow.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 22))
    box(c, -330, -280, 660, 620, 18, shadow)
    box(c, -330, -300, 660, 620, 18, fill(SHEET))
    for i in range(6):
        y = -220 + 98 * i
        if i == 3:
            box(c, -290, y - 34, 580, 68, 14, pen(HEATHER, 6, 1, (1, 15)))
            continue
        c.drawCircle(-254, y, 22, fill(HAIR))
        box(c, -210, y - 13, (330, 270, 380, 0, 300, 350)[i], 26, 13, fill(HAIR))
    c.restore()
    return surface


COVERS = {"den-forste-uken": week, "hvorfor-ikke-pa-lista": drawer}
