"""The table of docs/algorithms/watched.md, replayed."""

from __future__ import annotations

import pytest

from media.playback.beats import Played, Ticket, is_watched, judge
from media.playback.intervals import merged
from tests.tables import examples, shown

ONE_BEAT = examples("watched.md", "One beat")
WATCHED = examples("watched.md", "Watched or not")


def tenths(text: str) -> int:
    return round(float(text) * 10)


def stretch(text: str) -> tuple[int, int]:
    start, _, end = text.rpartition("–")
    return tenths(start), tenths(end)


@pytest.mark.parametrize("example", ONE_BEAT, ids=shown)
def test_one_beat(example):
    before = tuple(stretch(part) for part in example["played before"].split() if part != "–")
    played = Played(before, session="s", session_began=0.0, clock=float(example["spent"]))
    now = float(example["now"])
    verdict = judge(played, Ticket("s", 0.0), stretch(example["beat"]), duration=tenths(example["length"]), now=now)
    assert (verdict.reason or "counted") == example["why"]
    assert verdict.earned == tenths(example["earned"])
    assert verdict.played.tenths == Played(before).tenths + verdict.earned


@pytest.mark.parametrize("example", WATCHED, ids=shown)
def test_watched_or_not(example):
    assert is_watched(tenths(example["distinct seconds"]), tenths(example["length"])) is (example["watched"] == "yes")


def test_stretches_that_touch_become_one():
    assert merged([(10, 20), (0, 10), (30, 40), (35, 36), (5, 5)]) == [(0, 20), (30, 40)]
