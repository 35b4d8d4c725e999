"""How bodies are composed, and what of it may be said to others. Pure: no database, no clock.

A body's own members, and those who keep it, see their own board as it is (``compose``). To
everybody else composition is shown for many bodies together (``publish``), and only so that no
number below five can be found, neither read nor worked out:

1. Each question (women; under forty; new) has two cells, this and the rest, whose sum is the
   number of people seated, which is public. A group's answer is shown when both cells have at
   least five persons, or not at all: one shown cell would give the other away.
2. Groups are nested (all, kind, county within the kind): whatever can be worked out from such
   groups is a sum of what is left of a group when its shown parts are taken away. So what is
   left must be nothing, or itself have five persons in both cells; else the smallest shown
   part is hidden too, until it has.
3. Over time, an answer is shown for a day only if those who came, went, or answer otherwise now,
   reckoned against every other day shown, are nobody or at least five.

Persons are counted, not seats: three who sit in two bodies each are three.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

LEAST = 5
Day = TypeVar("Day")


class Question(StrEnum):
    """What composition asks; each has two answers, this and the rest."""

    WOMEN = "women"
    UNDER_40 = "under 40"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Seated:
    """One person in one body, and the answers that hold for them."""

    person: Hashable
    body: Hashable
    answers: frozenset[Question]


@dataclass(slots=True)
class Group:
    """A group of bodies: those seated directly in it, and the groups it holds."""

    key: Hashable
    own: list[Seated] = field(default_factory=list)
    parts: list[Group] = field(default_factory=list)

    def everybody(self) -> list[Seated]:
        """All who are seated in the group and its parts."""
        return [*self.own, *(one for part in self.parts for one in part.everybody())]


Shown = dict[Hashable, int]
"""group key → how many of its people the question holds for"""


def cells(seated: Iterable[Seated], question: Question) -> tuple[int, int]:
    """Persons for whom the question holds, and persons for whom it does not."""
    holds: set[Hashable] = set()
    rest: set[Hashable] = set()
    for one in seated:
        (holds if question in one.answers else rest).add(one.person)
    return len(holds), len(rest)


def may_be_shown(seated: Sequence[Seated], question: Question) -> bool:
    """Whether both cells have at least five persons."""
    return min(cells(seated, question)) >= LEAST


def publish(top: Group, question: Question) -> Shown:
    """What may be said of each group: seats for which the question holds, for the groups that are shown."""
    chosen, _ = _choose(top, question)
    return {group.key: sum(question in one.answers for one in group.everybody()) for group in chosen}


def _choose(group: Group, question: Question) -> tuple[list[Group], list[Seated]]:
    """The groups shown at and below this one, and those seated in it who are in none of the parts shown."""
    shown, left = [], list(group.own)
    parts: list[tuple[Group, list[Group]]] = []
    for part in group.parts:
        below, hidden = _choose(part, question)
        left += [] if part in below else hidden
        # What stands on its own below this group: the part, or the parts of a part that is hidden.
        parts += [(part, below)] if part in below else [(one, _within(one, below)) for one in _tops(below)]
    if not may_be_shown(group.everybody(), question):
        return [one for _, below in parts for one in below], left
    parts.sort(key=lambda pair: len(pair[0].everybody()))
    while left and not may_be_shown(left, question):
        smallest, _ = parts.pop(0)
        left += smallest.everybody()
    shown = [one for _, below in parts for one in below]
    return [group, *shown], left


def _tops(groups: Sequence[Group]) -> list[Group]:
    """Those that lie in none of the others."""
    inner = {id(part) for group in groups for part in _all_parts(group)}
    return [group for group in groups if id(group) not in inner]


def _within(group: Group, groups: Sequence[Group]) -> list[Group]:
    inside = {id(group), *(id(part) for part in _all_parts(group))}
    return [one for one in groups if id(one) in inside]


def _all_parts(group: Group) -> Iterable[Group]:
    for part in group.parts:
        yield part
        yield from _all_parts(part)


def days_shown(seated: Mapping[Day, Iterable[Seated]], question: Question) -> list[Day]:
    """Of days, newest first, each with who was seated: those that can be shown beside one another.

    Who came, who went and whose answer is another (who has turned forty) have changed.
    """
    said = {day: {(one.person, one.body, question in one.answers) for one in some} for day, some in seated.items()}
    shown: list[Day] = []
    for day, now in said.items():
        changes = [len({person for person, *_ in now ^ said[other]}) for other in shown]
        if all(change == 0 or change >= LEAST for change in changes):
            shown.append(day)
    return shown


@dataclass(frozen=True, slots=True)
class Composition:
    """One body as it is, for its own members and those who keep it."""

    size: int
    women: int
    men: int
    under_40: int
    new: int

    @property
    def unsaid(self) -> int:
        """Those whom the register says neither of."""
        return self.size - self.women - self.men


@dataclass(frozen=True, slots=True)
class Fact:
    """What composition needs to know of one person in a body."""

    person: Hashable
    gender: str
    birth_year: int | None
    is_new: bool


def compose(people: Iterable[Fact], *, year: int) -> Composition:
    """Count each person once, whatever number of offices they hold in the body."""
    once = {one.person: one for one in people}.values()
    return Composition(
        size=len(once),
        women=sum(one.gender == "woman" for one in once),
        men=sum(one.gender == "man" for one in once),
        under_40=sum(is_under_40(one.birth_year, year) for one in once),
        new=sum(one.is_new for one in once),
    )


def is_under_40(birth_year: int | None, year: int) -> bool:
    """Whether somebody born then does not turn forty in the year. The register knows the year only."""
    return birth_year is not None and year - birth_year < 40


def least_of_gender(size: int, percent: int) -> int:
    """How many of each of women and men the rule asks for, rounded up: 40 percent of 7 is 3."""
    return -(-size * percent // 100)
