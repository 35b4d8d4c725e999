"""Each number has a landscape of its own, the same everywhere, whose lines never cross."""

import math
import random
import re
from itertools import pairwise

import pytest

from certificates import terrain

NUMBER = "4KQM7R2DXW3HP9FZC6TNB8V0AY"
dice = random.Random(7)
NUMBERS = ["".join(dice.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=26)) for _ in range(150)]


def distance(place, start, end):
    """From a place to a straight piece."""
    (x, y), (ax, ay), (bx, by) = place, start, end
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = max(0, min(1, along))
    return math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y)


def test_the_same_number_gives_the_same_landscape_in_either_case():
    assert terrain.rings(NUMBER) == terrain.rings(NUMBER.lower())
    assert terrain.svg_paths(NUMBER) == terrain.svg_paths(NUMBER)


def test_different_numbers_have_different_landscapes():
    assert len({str(terrain.svg_paths(number)) for number in NUMBERS}) == len(NUMBERS)


def test_one_changed_letter_changes_the_landscape_visibly():
    one, other = terrain.rings(NUMBER)[-1], terrain.rings("5" + NUMBER[1:])[-1]
    assert max(math.dist(a, b) for a, b in zip(one, other, strict=True)) > 5


@pytest.mark.parametrize("number", NUMBERS[:40])
def test_contour_lines_never_cross(number):
    for inner, outer in pairwise(terrain.rings(number)):
        pieces = list(pairwise([*inner, inner[0]]))
        assert min(distance(place, *piece) for place in outer for piece in pieces) > 0.3


def test_the_check_page_is_sent_at_most_8_kilobytes():
    for number in NUMBERS:
        assert sum(len(path) for path, _ in terrain.svg_paths(number)) <= 8192


def test_svg_paths_hold_only_plain_commands_with_one_decimal():
    for path, tone in terrain.svg_paths(NUMBER, first=0):
        assert re.fullmatch(r"([Mcs](-?(\d+(\.\d)?|\.\d) ?)+)+", path)
        assert 1 <= tone <= terrain.TONES


def test_nothing_is_drawn_under_the_signatures_or_the_code():
    for number in NUMBERS[:40]:
        for curves in terrain.strokes(number).values():
            places = [(curve[at], curve[at + 1]) for curve in curves for at in range(0, len(curve), 2)]
            assert all(y < 166 for _, y in places)
            assert not [place for place in places if place[0] > 247 and place[1] > 158.5]


def test_lines_keep_clear_of_text():
    box = (174.0, 80.0, 95.0)
    curves = [curve for tone in terrain.strokes(NUMBER, clear=[box]).values() for curve in tone]
    for curve in curves:
        for at in range(0, len(curve), 2):
            assert not (curve[at] < box[0] and box[1] < curve[at + 1] < box[2])
    assert curves
