"""Valgt – og hva nå?"""

from __future__ import annotations

import math
from typing import Any

import skia
from draw import (
    CLOUD,
    CLOUD_TINT,
    HAIR,
    HEATHER,
    HEATHER_TINT,
    HEIGHT,
    INK,
    MOSS,
    MOSS_TINT,
    PAPER,
    QUIET,
    SHEET,
    WIDTH,
    above,
    arrive,
    between,
    box,
    bust,
    cairn,
    contours,
    fill,
    layer,
    pen,
    rise,
    slow,
    smooth,
    tick,
    trail,
    wordmark,
    write,
)
from stage import Film, heading
from timeline import Timeline


def phone(c: Any, x: float, y: float, w: float, h: float, lit: float = 1.0) -> None:
    """A telephone, top left corner at (x, y)."""
    box(c, x - 10, y - 10, w + 20, h + 20, 40, fill(INK))
    box(c, x, y, w, h, 31, fill("#34382F"))
    box(c, x, y, w, h, 31, fill(SHEET, lit))
    box(c, x + w / 2 - 30, y + 12, 60, 8, 4, fill(INK, 0.85))


def bubble(c: Any, x: float, y: float, share: float) -> None:
    """The message."""
    if share <= 0:
        return
    layer(c, share)
    c.translate(0, 16 * (1 - share))
    box(c, x, y, 250, 104, 20, fill(HEATHER))
    write(c, "Gratulerer,\nleder.", x + 26, y + 47, "serif", 36, PAPER)
    c.restore()


def emblem(c: Any, t: float) -> None:
    """The phone with the news."""
    phone(c, 830, 110, 300, 500)
    write(c, "21.14", 980, 190, "serif", 44, INK, 1, "centre")
    write(c, "torsdag 5. mars", 980, 226, "sans", 22, QUIET, 1, "centre")
    bubble(c, 855, 290, arrive(t, 0.9, 0.7))
    cairn(c, 980, 560, 74, [], ghosts=True)


RIDGES = (
    ("#E3CCD8", (430, 380, 415, 340, 392, 330, 400, 352, 410)),
    ("#C9A3B9", (480, 452, 430, 470, 420, 452, 400, 440, 470)),
    ("#A26B8C", (545, 520, 540, 500, 528, 515, 492, 520, 505)),
)


def road(x: float) -> float:
    """The height of the path home at x."""
    return 598 + 12 * math.sin(x / 150)


def hjem(c: Any, t: float, line: Timeline) -> None:
    """Dusk. From the hall towards home."""
    start = line.scene("hjem")
    c.drawRect(skia.Rect.MakeWH(WIDTH, HEIGHT), fill(HEATHER_TINT))
    c.drawCircle(980, 190, 66, fill("#FBF7F4"))
    for ink, heights in RIDGES:
        points = [(i * 160.0, float(h)) for i, h in enumerate(heights)]
        path = skia.Path()
        path.moveTo(0, HEIGHT)
        for x, y in points:
            path.lineTo(x, y)
        path.lineTo(WIDTH, HEIGHT)
        path.close()
        c.drawPath(path, fill(ink))
    ground = smooth([(x, road(x) - 26) for x in range(-40, 1361, 80)])
    ground.lineTo(WIDTH + 80, HEIGHT)
    ground.lineTo(-80, HEIGHT)
    ground.close()
    c.drawPath(ground, fill("#5B2445"))
    # the hall, light going out behind her
    c.save()
    c.translate(150, 570)
    box(c, -105, -128, 210, 132, 4, fill("#3F1A31"))
    roof = skia.Path()
    roof.moveTo(-128, -122)
    roof.lineTo(0, -206)
    roof.lineTo(128, -122)
    roof.close()
    c.drawPath(roof, fill("#2F1225"))
    for i, x in enumerate((-76, -22, 50)):
        off = arrive(t, start + 0.6 + 0.5 * i, 0.4)
        box(c, x, -92, 34, 44, 3, fill("#F3C892", 1 - 0.75 * off * (i != 1)))
    box(c, 18, -70, 26, 74, 3, fill("#F3C892", 0.35))
    c.restore()
    walk = slow((t - start) / 7.6)
    points = [(x, road(x)) for x in range(200, 1361, 60)]
    share = between(0.05, 0.56, walk)
    x, y = trail(c, points, share, ink="#F0D7E4", width=5)
    step = math.sin((t - start) * 7) * (0 < walk < 0.995)
    c.save()
    c.translate(x, y - 4)
    for leg in (-1, 1):
        c.drawLine(leg * 8, -38, leg * 8 + leg * 13 * step, -2, pen("#241019", 11))
    c.restore()
    bust(c, "Amina", x, y - 34 - 2 * abs(step), 84)
    ring = line.at("hjem", "telefon")
    a = arrive(t, ring - 0.3, 0.7)
    if a > 0:
        layer(c, a)
        c.translate(0, 40 * (1 - a))
        c.save()
        c.translate(905, 78)
        c.scale(0.86, 0.86)
        phone(c, 0, 0, 300, 430)
        write(c, "21.14", 150, 84, "serif", 44, INK, 1, "centre")
        bubble(c, 25, 130, arrive(t, line.cue("hjem", "telefon", 1) - 0.15, 0.5))
        ask = line.lines[2].cues[1].start
        for i in range(3):
            b = arrive(t, ask + 0.25 * i, 0.5)
            box(c, 40 + 76 * i, 290 + 20 * (1 - b), 64, 64, 32, fill(HEATHER_TINT, b))
            write(c, "?", 72 + 76 * i, 336 + 20 * (1 - b), "serif", 42, HEATHER, b, "centre")
        c.restore()
        c.restore()


def room_sign(c: Any, x: float, y: float, s: float, ink: str) -> None:
    """A room with people in rows, as a sign."""
    box(c, x - 34 * s, y - 30 * s, 68 * s, 60 * s, 8 * s, pen(ink, 4 * s))
    for i in range(3):
        for j in range(2):
            c.drawCircle(x + (i - 1) * 18 * s, y + (j * 20 - 4) * s, 5.5 * s, fill(ink))


def calendar_sign(c: Any, x: float, y: float, s: float, ink: str) -> None:
    """A calendar, as a sign."""
    box(c, x - 32 * s, y - 26 * s, 64 * s, 58 * s, 8 * s, pen(ink, 4 * s))
    c.drawLine(x - 32 * s, y - 8 * s, x + 32 * s, y - 8 * s, pen(ink, 4 * s))
    for dx in (-15, 15):
        c.drawLine(x + dx * s, y - 36 * s, x + dx * s, y - 20 * s, pen(ink, 4 * s))
    c.drawCircle(x + 12 * s, y + 12 * s, 6.5 * s, fill(ink))


def ring_sign(c: Any, x: float, y: float, s: float, ink: str) -> None:
    """One in the middle of others, as a sign."""
    for i in range(6):
        a = math.pi / 3 * i + 0.5
        c.drawCircle(x + 28 * s * math.cos(a), y + 28 * s * math.sin(a), 7 * s, fill(ink))
    c.drawCircle(x, y, 10 * s, pen(ink, 4 * s))


SIGNS = ((room_sign, HEATHER), (calendar_sign, CLOUD), (ring_sign, MOSS))


def sporsmal(c: Any, t: float, line: Timeline) -> None:
    """The three questions."""
    contours(c, 1080, 620, 640)
    words = ("Hvem bestemmer?", "Hva haster?", "Hvem hjelper?")
    for i, (text, (sign, ink)) in enumerate(zip(words, SIGNS, strict=True)):
        start = line.cue("sporsmal", "", i) - 0.15
        a = arrive(t, start)
        layer(c, a)
        sign(c, 250, 186 + 156 * i, between(0.8, 1.15, a), ink)
        c.restore()
        rise(c, t, start, text, 336, 208 + 156 * i, "serif", 76)


def hall(c: Any, x: float, y: float, w: float, h: float) -> None:
    """A room from above: floor, walls, an open door."""
    box(c, x, y, w, h, 10, fill(SHEET))
    box(c, x, y, w, h, 10, pen(INK, 5))
    c.drawLine(x + w - 130, y + h, x + w - 60, y + h, pen(SHEET, 8))


TABLE = (("Berit", -96, -84, 1.57), ("Jon", 96, -84, 1.57), ("Elias", -96, 84, -1.57), ("D", 96, 84, -1.57))


def rom(c: Any, t: float, line: Timeline) -> None:
    """The annual meeting, then the board round its table."""
    start, board, alone = line.scene("rom"), line.at("rom", "styret"), line.at("rom", "alene")
    change = slow((t - board + 0.3) / 0.9)
    late = slow((t - alone + 0.3) / 0.7)
    hall(c, 640, 110, 544, 450)
    first = arrive(t, line.cue("rom", "", 0) + 0.9)
    layer(c, 1 - change)
    heading(c, t, start - 0.2, "Hvem\nbestemmer?")
    write(c, "Årsmøtet", 96, 372, "semi", 40, HEATHER, first)
    write(c, "alle medlemmene, samlet", 96, 418, "sans", 30, QUIET, first)
    box(c, 860, 142, 104, 30, 6, fill(HAIR))
    names = ("A", "B", "C", "D", "E", "F", "Jon", "Berit", "Elias")
    for i in range(28):
        row, seat = divmod(i, 7)
        come = arrive(t, start + 0.5 + 0.055 * ((i * 11) % 28), 0.7)
        above(c, names[(i * 5 + row) % 9], 700 + seat * 71, 250 + row * 74 + 60 * (1 - come), 46, -1.57, come)
    c.restore()
    layer(c, change * (1 - late))
    heading(c, t, board - 0.2, "Resten av året:\nstyret", "")
    rise(c, t, line.cue("rom", "styret", 1), "Sammen, i møte", 96, 372, "semi", 40, HEATHER)
    c.restore()
    layer(c, late)
    heading(c, t, alone - 0.2, "Ingen\nalene", "")
    rise(
        c,
        t,
        line.cue("rom", "alene", 1),
        "Heller ikke lederen, uten fullmakt\nfra styret eller vedtektene",
        96,
        376,
        "sans",
        30,
        QUIET,
    )
    c.restore()
    layer(c, change)
    box(c, 770, 280, 284, 112, 26, fill("#E4D9C6"))
    box(c, 770, 280, 284, 112, 26, pen("#C9BA9E", 3))
    for who, dx, dy, facing in TABLE:
        above(c, who, 912 + dx, 336 + dy * between(1.5, 1, change), 58, facing)
    leave = slow((t - alone) / 1.1)
    back = slow((t - line.cue("rom", "alene", 1) - 2.0) / 1.1)
    away = leave * (1 - back)
    above(c, "Amina", between(1080, 1130, away), between(336, 190, away), 58, between(3.14, 2.2, away))
    sheet = between(1, 0.35, away)
    c.save()
    c.translate(912, 336)
    box(c, -34, -24, 68, 48, 4, fill(SHEET, sheet))
    for i in range(3):
        c.drawLine(-22, -10 + 11 * i, 22 - 14 * (i == 2), -10 + 11 * i, pen(HEATHER if not i else HAIR, 3, sheet))
    c.restore()
    done = arrive(t, line.cue("rom", "styret", 1) + 0.8, 0.7)
    tick(c, 946, 316, 15, min(done, 1 - away))
    if away > 0.05:
        c.drawCircle(1130, 190, 46, pen(HEATHER, 3, away * 0.8, (2, 9)))
    c.restore()


TASKS = (("en", "Første styremøte", 9), ("to", "Meld fra om nye verv", 2), ("tre", "Bank, e-post, register", 4))


def kalender(c: Any, t: float, line: Timeline) -> None:
    """Two weeks, three things."""
    start = line.scene("kalender")
    heading(c, t, start - 0.2, "Hva haster?")
    rise(c, t, line.cue("kalender", "", 0) + 1.1, "Mindre enn du tror", 96, 246, "sans", 30, QUIET)
    box(c, 700, 130, 484, 400, 18, fill(SHEET))
    box(c, 700, 130, 484, 400, 18, pen(HAIR, 2))
    write(c, "Mars", 732, 194, "serif", 44)
    for i, day in enumerate("MTOTFLS"):
        write(c, day, 748 + i * 65, 248, "semi", 22, QUIET, 1, "centre")
    two = arrive(t, line.cue("kalender", "", 1) + 0.2, 0.9)
    box(c, 716, 268, 452 * two, 118, 14, fill(CLOUD_TINT))
    for i in range(28):
        row, seat = divmod(i, 7)
        write(c, str(i + 2), 748 + seat * 65, 312 + row * 58, "sans", 24, INK if row < 2 else "#9A9E93", 1, "centre")
    for i, (mark, text, spot) in enumerate(TASKS):
        when = line.at("kalender", mark) - 0.15
        a = arrive(t, when, 0.7)
        y = 330 + 82 * i
        layer(c, a)
        c.drawCircle(118, y - 11, 22, fill(CLOUD))
        write(c, str(i + 1), 118, y, "semi", 26, SHEET, 1, "centre")
        write(c, text, 160, y + 14 * (1 - a), "semi", 34)
        c.restore()
        row, seat = divmod(spot, 7)
        if a > 0:
            x2, y2 = 748 + seat * 65, 304 + row * 58
            cx, cy = between(118, x2, a), between(y - 11, y2, a) - 90 * math.sin(math.pi * a)
            c.drawCircle(cx, cy, 23, fill(CLOUD))
            write(c, str(i + 1), cx, cy + 9, "semi", 25, SHEET, 1, "centre")


def ring(c: Any, t: float, line: Timeline) -> None:
    """Those who are already there."""
    start, over = line.scene("ring"), line.at("ring", "over")
    contours(c, 860, 330, 560)
    heading(c, t, start - 0.2, "Hvem\nhjelper?")
    rise(c, t, line.cue("ring", "", 0) + 1.2, "De som alt er her", 96, 330, "sans", 30, QUIET)
    spots = ((640, 300, "Jon", "pengene", 0), (745, 520, "Berit", "papirene", 1), (985, 520, "Elias", "spør høyt", 2))
    for x, y, who, what, number in spots:
        a = arrive(t, line.cue("ring", "jon", number) - 0.1, 0.7)
        if a <= 0:
            continue
        near, far = (
            (between(x, 865, 0.3), between(y - 40, 300, 0.3)),
            (between(x, 865, 0.65), between(y - 40, 300, 0.65)),
        )
        c.drawLine(*near, *far, pen(MOSS, 5, a))
        bust(c, who, x, y + 20 * (1 - a), 92, a)
        write(c, who, x, y + 34, "semi", 26, INK, a, "centre")
        write(c, what, x, y + 66, "sans", 24, QUIET, a, "centre")
    a = arrive(t, over - 0.1, 0.7)
    if a > 0:
        c.drawLine(930, 262, 1030, 222, pen(MOSS, 5, a))
        layer(c, a)
        c.translate(0, 20 * (1 - a))
        box(c, 1040, 128, 150, 92, 22, fill(MOSS_TINT))
        for i, r in enumerate((10, 10, 10)):
            c.drawCircle(1082 + 33 * i, 174, r * (0.75 + 0.25 * math.sin(3 * (t - over) - i)), fill(MOSS))
        tail = skia.Path()
        tail.moveTo(1066, 216)
        tail.lineTo(1050, 242)
        tail.lineTo(1096, 218)
        c.drawPath(tail, fill(MOSS_TINT))
        write(c, "Leddet over", 1115, 258, "semi", 26, INK, 1, "centre")
        write(c, "tar telefonen", 1115, 290, "sans", 24, QUIET, 1, "centre")
        c.restore()
    bust(c, "Amina", 865, 352, 124)


def slutt(c: Any, t: float, line: Timeline) -> None:
    """The bylaws on the phone; then what to remember, and the first stone."""
    start, last = line.scene("slutt"), line.at("slutt", "laerdom")
    turn = slow((t - last + 0.45) / 0.8)
    layer(c, 1 - turn)
    heading(c, t, start - 0.2, "Én ting\ni kveld")
    rise(c, t, line.cue("slutt", "", 1), "Finn vedtektene", 96, 340, "sans", 32, QUIET)
    rise(c, t, line.cue("slutt", "", 2), "Lagre dem på telefonen", 96, 388, "sans", 32, QUIET)
    phone(c, 800, 90, 310, 500)
    write(c, "Vedtekter", 832, 176, "serif", 42)
    for i, text in enumerate(("Formål", "Medlemmer", "Årsmøtet", "Styret", "Økonomi")):
        a = arrive(t, line.cue("slutt", "", 1) + 0.2 + 0.16 * i)
        box(c, 826, 206 + 66 * i + 12 * (1 - a), 258, 54, 10, fill(HEATHER_TINT if i in (2, 3, 4) else PAPER, a))
        write(c, f"§ {i + 1}", 844, 241 + 66 * i, "semi", 23, HEATHER, a)
        write(c, text, 904, 241 + 66 * i, "sans", 24, INK, a)
    tick(c, 1110, 580, 34, arrive(t, line.cue("slutt", "", 2) + 0.7, 0.8))
    c.restore()
    layer(c, turn)
    contours(c, 980, 360, 720)
    rise(c, t, last - 0.1, "Du skal ikke\nkunne alt.", 96, 210, "serif", 78)
    rise(c, t, line.cue("slutt", "laerdom", 1) - 0.1, "Du skal vite\nhvor det står.", 96, 424, "serif", 78, HEATHER)
    trail(c, [(560, 700), (720, 640), (760, 540), (880, 500), (960, 462)], slow((t - last) / 3))
    cairn(c, 1000, 440, 150, [arrive(t, last + 2.6, 0.6)])
    wordmark(c, 96, 640, 34, INK, arrive(t, last + 3))
    c.restore()


FILM = Film(
    {"hjem": hjem, "sporsmal": sporsmal, "rom": rom, "kalender": kalender, "ring": ring, "slutt": slutt},
    emblem,
    "Ny i styret",
    "Valgt –\nog hva nå?",
)


def stones(line: Timeline) -> tuple[float, ...]:
    """When a stone is heard."""
    return (line.at("slutt", "laerdom") + 2.85,)
