"""Hei, jeg var ny i fjor."""

from __future__ import annotations

import math
from typing import Any

import skia
from draw import (
    CLOUD,
    GLACIER_TINT,
    HAIR,
    HEATHER,
    INK,
    MOSS,
    PAPER,
    QUIET,
    SHEET,
    above,
    arrive,
    between,
    box,
    contours,
    fill,
    layer,
    measure,
    pen,
    rise,
    slow,
    stir,
    wordmark,
    write,
)
from stage import Film
from timeline import Timeline

ROOM_W, ROOM_H = 560.0, 420.0
LEFT, RIGHT = (56.0, 140.0), (664.0, 140.0)
COFFEE = (478.0, 64.0)
GROUP = (190.0, 250.0)


def walls(c: Any) -> None:
    """A room from above: floor, table with coffee, clock, door."""
    box(c, 0, 0, ROOM_W, ROOM_H, 12, fill(SHEET))
    for i in range(1, 7):
        c.drawLine(8, i * 60, ROOM_W - 8, i * 60, pen("#EFF1EC", 2))
    box(c, 0, 0, ROOM_W, ROOM_H, 12, pen(INK, 6))
    c.drawLine(70, 0, 210, 0, pen(GLACIER_TINT, 10))
    c.drawLine(70, ROOM_H, 150, ROOM_H, pen(SHEET, 10))
    box(c, 402, 16, 142, 46, 8, fill("#E4D9C6"))
    box(c, 402, 16, 142, 46, 8, pen("#C9BA9E", 2.5))
    c.drawCircle(432, 39, 14, fill(INK))
    c.drawCircle(432, 39, 6, fill("#5B4632"))
    for i in range(3):
        c.drawCircle(468 + 26 * i, 39, 9, fill(PAPER))
        c.drawCircle(468 + 26 * i, 39, 9, pen(HAIR, 2))


def clock(c: Any, x: float, y: float, minutes: float) -> None:
    """The clock on the wall."""
    c.drawCircle(x, y, 24, fill(SHEET))
    c.drawCircle(x, y, 24, pen(INK, 4))
    for length, turn, width in ((11, minutes / 720 + 19 / 12, 4.0), (17, minutes / 60, 3.0)):
        a = 2 * math.pi * turn - math.pi / 2
        c.drawLine(x, y, x + length * math.cos(a), y + length * math.sin(a), pen(INK, width))


def circle(c: Any, who: tuple[str, ...], x: float, y: float, r: float, gap: float, first: float, t: float) -> None:
    """People in a ring that leaves a gap of this many places at its end; they sway a little, so they live."""
    step = 2 * math.pi / (len(who) + gap)
    for i, name in enumerate(who):
        a = first + step * i
        above(c, name, x + r * math.cos(a), y + r * math.sin(a), 62, a + math.pi + 0.22 * stir(t, i))


def cup(c: Any, x: float, y: float, stir: float) -> None:
    """A cup that is stirred."""
    c.drawCircle(x, y, 10, fill(SHEET))
    c.drawCircle(x, y, 10, pen(INK, 2.5))
    c.drawCircle(x, y, 6, fill("#6B4A2E"))
    c.drawLine(
        x + 4 * math.cos(stir),
        y + 4 * math.sin(stir),
        x + 15 * math.cos(stir),
        y + 15 * math.sin(stir),
        pen(QUIET, 2.5),
    )


OTHERS = ("A", "B", "C", "D", "E")


def first_room(c: Any, t: float, line: Timeline) -> None:
    """Nobody looks up."""
    walls(c)
    circle(c, OTHERS, *GROUP, 84, 0, 0.5, t)
    joke = line.cue("forste", "", 2)
    laugh = max(0.0, math.sin((t - joke) * 2.2)) * (joke < t < line.at("forste", "rort"))
    for i in range(3):
        c.drawCircle(*GROUP, 22 + 12 * i, pen(MOSS, 3, 0.5 * laugh / (i + 1)))
    x, y = COFFEE[0] - 6, COFFEE[1] + 46
    turn = 2.2 + 0.3 * stir(t, 0.5)
    above(c, "Ingrid", x, y, 62, turn)
    stirring = line.scene("forste") < t < line.scene("andre")
    cup(c, x - 24, y + 36, t * 5.2 if stirring else 0.6)


def second_room(c: Any, t: float, line: Timeline) -> None:
    """One crosses the floor."""
    walls(c)
    start, come, ring = line.scene("andre"), line.at("andre", "kom"), line.at("andre", "ring")
    go = slow((t - start + 0.1) / 2.4)
    back = slow((t - come - 1.1) / 2.6)
    home = (GROUP[0] + 84 * math.cos(-0.35), GROUP[1] + 84 * math.sin(-0.35))
    meet = (392.0, 150.0)
    ring_place = (GROUP[0] + 84 * math.cos(-0.7), GROUP[1] + 84 * math.sin(-0.7))
    new_place = (GROUP[0] + 86 * math.cos(0.28), GROUP[1] + 86 * math.sin(0.28))
    circle(c, ("B", "Berit", "F", "D"), *GROUP, 84, between(1, 3, back), between(0.907, 1.95, back), t)
    if go > 0:
        for i in range(9):
            s = i / 8
            if s < go:
                x, y = between(home[0], meet[0], s), between(home[1], meet[1], s)
                c.drawCircle(x, y, 3.5, fill(HEATHER, 0.75 - 0.45 * back))
    jx = between(between(home[0], meet[0], go), ring_place[0], back)
    jy = between(between(home[1], meet[1], go), ring_place[1], back)
    facing = between(math.pi - 0.35, -0.55, min(1, go * 2.4))
    facing = between(facing, math.pi - 0.7, slow((back - 0.45) * 2))
    above(c, "Jon", jx, jy, 62, facing)
    x, y = COFFEE[0] - 6, COFFEE[1] + 46
    nx, ny = between(x, new_place[0], back), between(y, new_place[1], back)
    look = between(2.2, 2.75, slow((t - line.at("andre", "hei")) / 0.6))
    look = between(look, math.pi + 0.28, slow((back - 0.4) * 2))
    above(c, "Ingrid", nx, ny, 62, look)
    if back < 0.5:
        cup(c, nx - 24, ny + 36, 0.6)
    room = arrive(t, line.cue("andre", "ring", 2) - 0.1, 0.7)
    if room > 0 and t > ring:
        c.drawCircle(
            GROUP[0] + 84 * math.cos(1.12), GROUP[1] + 84 * math.sin(1.12), 27, pen(HEATHER, 3.5, room, (0.1, 9))
        )


def talk(c: Any, x: float, y: float, text: str, share: float, ink: str, tail: float) -> None:
    """A speech bubble whose tail points down, at x + tail."""
    if share <= 0:
        return
    rows = text.split("\n")
    wide = max(measure(row, "semi", 32) for row in rows) + 56
    high = 44 * len(rows) + 36
    layer(c, share)
    c.translate(0, 14 * (1 - share))
    box(c, x, y, wide, high, 22, fill(ink))
    point = skia.Path()
    point.moveTo(x + tail - 16, y + high - 2)
    point.lineTo(x + tail + 2, y + high + 26)
    point.lineTo(x + tail + 20, y + high - 2)
    c.drawPath(point, fill(ink))
    write(c, text, x + 28, y + 54, "semi", 32, SHEET)
    c.restore()


def pair(c: Any, t: float, line: Timeline) -> None:
    """Both rooms; the eye moves to the one, then to the other."""
    one, two = line.scene("forste"), line.scene("andre")
    into = slow((t - one + 0.5) / 1.4)
    over = slow((t - two + 0.7) / 1.6)
    scale = between(1, 1.46, into)
    focus_x = between(640, between(LEFT[0], RIGHT[0], over) + ROOM_W / 2, into)
    focus_y = between(360, LEFT[1] + ROOM_H / 2 - 30, into)
    c.save()
    c.translate(640, 360)
    c.scale(scale, scale)
    c.translate(-focus_x, -focus_y)
    for (x, y), draw in ((LEFT, first_room), (RIGHT, second_room)):
        c.save()
        c.translate(x, y)
        draw(c, t, line)
        c.restore()
        clock(c, x + ROOM_W / 2, y - 4, 12 * slow((t - one) / (two - one)) + 4)
    new = line.at("to-rom", "nye")
    a = arrive(t, new + 0.9, 0.7) * (1 - into)
    for x, y in (LEFT, RIGHT):
        c.drawCircle(x + COFFEE[0] - 6, y + COFFEE[1] + 46, 50, pen(HEATHER, 4, a, (0.1, 10)))
    c.restore()
    out = 1 - into
    if out > 0:
        write(c, "To lag har pause", 640, 84, "serif", 54, INK, arrive(t, line.scene("to-rom") - 0.1) * out, "centre")
        write(c, "ny", LEFT[0] + COFFEE[0] + 44, LEFT[1] + COFFEE[1] + 102, "semi", 26, HEATHER, a, "centre")
        write(c, "ny", RIGHT[0] + COFFEE[0] + 44, RIGHT[1] + COFFEE[1] + 102, "semi", 26, HEATHER, a, "centre")
    hei, ingrid, come = line.at("andre", "hei"), line.at("andre", "ingrid"), line.at("andre", "kom")
    gone = 1 - arrive(t, come + 0.1, 0.4)
    asked = arrive(t, line.cue("andre", "hei", 1), 0.4)
    talk(c, 500, 108, "Hei, jeg er Jon.\nJeg var ny i fjor.", arrive(t, hei, 0.5) * (1 - asked), MOSS, 290)
    talk(c, 566, 136, "Hva heter du?", asked * (1 - arrive(t, ingrid - 0.1, 0.4)), MOSS, 224)
    talk(c, 880, 84, "Ingrid.", arrive(t, ingrid, 0.4) * gone, HEATHER, 50)
    late = 1 - arrive(t, come + 1.9, 0.4)
    talk(c, 462, 108, "Kom, så skal du få\nhilse på Berit.", arrive(t, come, 0.5) * late, MOSS, 300)
    stirred = arrive(t, line.at("forste", "rort"), 0.6) * (1 - arrive(t, two - 0.9, 0.35))
    if stirred > 0:
        count = min(11, 1 + int(max(0.0, t - line.at("forste", "rort")) / 0.17))
        box(c, 706, 372, 300, 70, 18, fill(HEATHER, stirred))
        write(c, f"{count} ganger rundt", 856, 418, "semi", 32, SHEET, stirred, "centre")


SEATS = ((150, 150, 1.57), (280, 150, 1.57), (410, 150, 1.57), (150, 330, -1.57), (280, 330, -1.57), (410, 330, -1.57))


def maneden(c: Any, t: float, line: Timeline) -> None:
    """The next meeting, both round their tables."""
    start = line.scene("maneden")
    write(c, "En måned senere", 640, 84, "serif", 54, INK, arrive(t, start - 0.1), "centre")
    rooms = (
        (LEFT, ("A", "B", "C", "D", "E", ""), line.cue("maneden", "", 1)),
        (RIGHT, ("B", "Jon", "F", "D", "Berit", "Ingrid"), line.cue("maneden", "", 2)),
    )
    for (x, y), people, when in rooms:
        a = arrive(t, when - 0.1, 0.7)
        c.save()
        c.translate(x, y)
        walls(c)
        box(c, 92, 186, 376, 108, 24, fill("#E4D9C6"))
        box(c, 92, 186, 376, 108, 24, pen("#C9BA9E", 3))
        for (sx, sy, facing), who in zip(SEATS, people, strict=True):
            box(c, sx - 24, sy - 22, 48, 44, 10, fill("#EDEFE9"))
            box(c, sx - 24, sy - 22, 48, 44, 10, pen(HAIR, 2))
            if who:
                above(c, who, sx, sy, 60, facing + 0.2 * stir(t, sx + x))
        sx, sy, _ = SEATS[5]
        if not people[5]:
            box(c, sx - 32, sy - 30, 64, 60, 14, pen(CLOUD, 4, a, (0.1, 9)))
            write(c, "tom", sx + 72, sy + 10, "semi", 28, CLOUD, a, "centre")
        else:
            c.drawCircle(sx, sy, 44, pen(HEATHER, 4, a, (0.1, 10)))
            write(c, "Ingrid", sx + 96, sy + 10, "semi", 28, HEATHER, a, "centre")
        c.restore()
        clock(c, x + ROOM_W / 2, y - 4, 2)


def kultur(c: Any, t: float, line: Timeline) -> None:
    """What the walls hold, and what to do in the next break."""
    start, act, last = line.scene("kultur"), line.at("kultur", "grep"), line.at("kultur", "laerdom")
    contours(c, 930, 360, 760)
    one, two = slow((t - act + 0.4) / 0.7), slow((t - last + 0.4) / 0.7)
    layer(c, 1 - one)
    rise(c, t, start - 0.1, "Det står ikke\ni vedtektene.", 96, 230, "serif", 70)
    rise(c, t, line.cue("kultur", "", 2) - 0.1, "Det sitter\ni veggene.", 96, 430, "serif", 70, HEATHER)
    c.restore()
    layer(c, one * (1 - two))
    rise(c, t, act - 0.1, "Se deg om\ni neste pause.", 96, 230, "serif", 70)
    rise(c, t, line.cue("kultur", "grep", 1) - 0.1, "Står noen alene?\nGå bort.", 96, 430, "serif", 70, HEATHER)
    c.restore()
    layer(c, two)
    rise(c, t, last - 0.1, "Si hva du heter.", 96, 230, "serif", 70)
    rise(c, t, line.cue("kultur", "laerdom", 1) - 0.1, "Og at du også var\nny en gang.", 96, 350, "serif", 70, HEATHER)
    wordmark(c, 96, 620, 34, INK, arrive(t, last + 2.4))
    c.restore()
    # the ring that opens
    closer = slow((t - last - 0.2) / 2.4)
    who = ("Jon", "B", "Berit", "F", "D", "C")
    circle(c, who, 940, 340, 150, between(0.25, 1.3, one), between(0.5, 1.0, one), t)
    alone = arrive(t, line.cue("kultur", "grep", 1) - 0.1, 0.8)
    x, y = between(1190, 940 + 150 * math.cos(0.1), closer), between(520, 340 + 150 * math.sin(0.1), closer)
    above(c, "Ingrid", x, y, 62, between(3.8, 3.24, closer), alone)
    if alone > 0:
        c.drawCircle(x, y, 46, pen(HEATHER, 4, alone * (1 - closer), (0.1, 10)))


def emblem(c: Any, t: float) -> None:
    """A ring with room for one more."""
    circle(c, ("Jon", "B", "Berit", "F", "D", "C"), 940, 330, 150, 1.3, 1.0, t)
    x, y = 940 + 150 * math.cos(0.1), 330 + 150 * math.sin(0.1)
    c.drawCircle(x, y, 40, pen(HEATHER, 4, 1, (0.1, 10)))
    above(c, "Ingrid", between(1240, 1160, slow(t / 2.8)), between(520, 450, slow(t / 2.8)), 62, 3.8)


FILM = Film(
    {"to-rom": pair, "forste": pair, "andre": pair, "maneden": maneden, "kultur": kultur},
    emblem,
    "Ny i styret",
    "Hei, jeg var\nny i fjor",
)


def stones(line: Timeline) -> tuple[float, ...]:
    """Nothing is set down here."""
    return ()
