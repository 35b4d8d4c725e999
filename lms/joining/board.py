"""The board of a campaign: gathered in one query, decided here without a database.

Two readings of the same counts. The board is for those who are signed in and shows every unit.
The wall is for a hall or a street: a unit is named when five have come to it; the rest are
one sum, shown when it is five or more, else neither shown nor counted. So nothing on the wall
can be subtracted to find a smaller number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 5
"""The smallest number a wall shows of people in one place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many came to a unit in an hour of the campaign (0 is the first hour of its first day)."""

    unit: str
    hour: int
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, how many, and its length as a share of the longest, in percent."""

    label: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Board:
    """What is drawn. ``rest`` is how many came to units that are not named; ``left_out``: some are not counted yet."""

    total: int
    goal: int
    units: tuple[Bar, ...]
    rest: int
    hours: tuple[Bar, ...]
    left_out: bool

    @property
    def part(self) -> int:
        """How much of the goal is reached, in whole percent, 100 at most."""
        return min(100, self.total * 100 // self.goal) if self.goal else 0

    @property
    def is_reached(self) -> bool:
        """Whether the goal is reached."""
        return 0 < self.goal <= self.total


def draw(cells: Iterable[Cell], *, goal: int, is_wall: bool) -> Board:
    """The board, or the wall, of some counts."""
    kept = list(cells)
    by_unit: Counter[str] = Counter()
    for cell in kept:
        by_unit[cell.unit] += cell.count
    named = {unit: count for unit, count in by_unit.items() if not is_wall or count >= LEAST}
    rest = sum(by_unit.values()) - sum(named.values())
    is_shown = rest >= LEAST
    counted = [cell for cell in kept if cell.unit in named or is_shown]
    return Board(
        total=sum(cell.count for cell in counted),
        goal=goal,
        units=_bars(sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))),
        rest=rest if is_shown else 0,
        hours=_hours(counted),
        left_out=bool(rest) and not is_shown,
    )


def _hours(cells: list[Cell]) -> tuple[Bar, ...]:
    """One bar for each hour from the first with somebody in it to the last, empty ones among them."""
    by_hour: Counter[int] = Counter()
    for cell in cells:
        by_hour[cell.hour] += cell.count
    if not by_hour:
        return ()
    return _bars([(f"{hour % 24:02}", by_hour[hour]) for hour in range(min(by_hour), max(by_hour) + 1)])


def _bars(pairs: list[tuple[str, int]]) -> tuple[Bar, ...]:
    longest = max((count for _, count in pairs), default=0)
    return tuple(Bar(label, count, round(100 * count / longest, 1) if longest else 0) for label, count in pairs)
