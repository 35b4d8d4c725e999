"""What a body can together: a verdict on every competence, and the moves that help most. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

ABLE = 2
"""From this level somebody can do it; a competence that one alone has carries a risk."""
TEACHES = 4
MOVES = 3
NAMED = 2


class Verdict(StrEnum):
    """How a body stands in a competence, from worst to best."""

    MISSING = "missing"
    """nobody has begun"""
    NOBODY = "nobody"
    """nobody stands at a level that is needed"""
    ALONE = "alone"
    """one carries it alone"""
    SHORT = "short"
    """too few stand at the level"""
    OFFICES = "offices"
    """not everybody whose office needs it has it"""
    TOGETHER = "together"
    TEACH = "teach"
    """the body has it, and somebody can teach others"""


FINE = frozenset({Verdict.TOGETHER, Verdict.TEACH})
ORDER = list(Verdict)


@dataclass(frozen=True, slots=True)
class Needed:
    """At least ``least`` people at a level; 0 is everybody."""

    level: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, the level it is about, how many more are needed, and whom it names, by their places in the body."""

    verdict: Verdict
    level: int = 0
    more: int = 0
    who: tuple[int, ...] = ()
    of_everybody: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether the body has what it needs."""
        return self.verdict in FINE


def judge(needs: Sequence[Needed], levels: Sequence[int]) -> Judged:
    """How a body with these levels, one a person, stands to what it needs in one competence. There is a need."""
    size, asked = len(levels), sorted(needs, key=lambda need: -need.level)
    top, wanted = asked[0], {need: need.least or size for need in asked}
    if not any(levels):
        return Judged(Verdict.MISSING, top.level, wanted[top], of_everybody=not top.least)
    have = {need: sum(level >= need.level for level in levels) for need in asked}
    nobody = next((need for need in asked if not have[need]), None)
    if nobody is not None:
        return Judged(Verdict.NOBODY, nobody.level, wanted[nobody], of_everybody=not nobody.least)
    alone = _alone(levels)
    if alone:
        return alone
    short = next((need for need in asked if have[need] < wanted[need]), None)
    if short is not None:
        left = tuple(place for place, level in enumerate(levels) if level < short.level)
        more = wanted[short] - have[short]
        return Judged(Verdict.SHORT, short.level, more, () if short.least else left, of_everybody=not short.least)
    return _fine(levels, top.level)


def judge_offices(asked_of: Mapping[int, int], levels: Sequence[int]) -> Judged:
    """How a body stands to what its offices need in one competence: by place, the level the office there needs."""
    left = tuple(place for place, level in asked_of.items() if levels[place] < level)
    highest = max((asked_of[place] for place in left), default=0)
    if not any(levels):
        return Judged(Verdict.MISSING, highest, len(left))
    alone = _alone(levels)
    if alone:
        return alone
    if left:
        return Judged(Verdict.OFFICES, highest, len(left), left)
    return _fine(levels, max(asked_of.values()))


def _alone(levels: Sequence[int]) -> Judged | None:
    able = tuple(place for place, level in enumerate(levels) if level >= ABLE)
    return Judged(Verdict.ALONE, ABLE, 1, able) if len(levels) > 1 and len(able) == 1 else None


def _fine(levels: Sequence[int], level: int) -> Judged:
    teachers = tuple(place for place, level in enumerate(levels) if level >= TEACHES)
    return Judged(Verdict.TEACH if teachers else Verdict.TOGETHER, level, 0, teachers)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One competence: its key, its levels person by person, what is needed, and the verdict.

    ``asked_of``: who holds an office that needs it, by place, with the level it needs.
    ``is_shared``: the body needs it together, not one office alone.
    """

    key: str
    area: str
    levels: tuple[int, ...]
    needs: tuple[Needed, ...]
    judged: Judged
    asked_of: Mapping[int, int]
    is_shared: bool
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that would help: in which competence, to which level, and who stands nearest, by place."""

    row: Judgement
    level: int
    nearest: tuple[int, ...]

    @property
    def from_level(self) -> int:
        """Where the nearest stands now."""
        return max((self.row.levels[place] for place in self.nearest), default=0)


def moves(rows: Iterable[Judgement]) -> list[Move]:
    """The moves that help most: what is worst first, what the body needs together before what one office needs.

    Each of another kind and from another area, as far as it goes: three that are alike are one.
    """
    waiting = [row for row in rows if not row.judged.is_fine]
    waiting.sort(key=lambda row: (not row.is_shared, ORDER.index(row.judged.verdict), not row.is_urgent))
    seen: Counter[str] = Counter()
    chosen: list[Judgement] = []
    while waiting and len(chosen) < MOVES:
        row = min(waiting, key=lambda one: (not one.is_shared, seen[one.judged.verdict] + seen[one.area]))
        waiting.remove(row)
        chosen.append(row)
        seen.update((row.judged.verdict, row.area))
    return [Move(row, row.judged.level, _nearest(row)) for row in chosen]


def _nearest(row: Judgement) -> tuple[int, ...]:
    """Who has least left: those whose office asks for it first. No more of them than are needed."""
    below = [place for place, level in enumerate(row.levels) if level < row.judged.level]
    if row.judged.verdict == Verdict.OFFICES:
        below = list(row.judged.who)
    below.sort(key=lambda place: (-row.levels[place], -row.asked_of.get(place, 0), place))
    return tuple(below[: min(row.judged.more, NAMED)])
