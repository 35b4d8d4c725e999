"""Gathering a month: everybody who belongs or serves on a day, where they count, and where they stand.

People come in portions, in the order of their number; nothing is held of those who are done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from courses.progression.models import Award, Level
from lms.archive.keys import make_keys, pseudonym
from lms.archive.layout import Columns, Groups, State, UnitRow
from lms.competences.models import Competence
from lms.competences.profiles import drawn_on
from lms.members.models import Member
from lms.organisation.models import Membership, Term, Unit, UnitLabel, UnitParent
from lms.organisation.rights import BODIES_WITH_RIGHTS

AT_A_TIME = 10_000
RULE_AT_A_TIME = 1_000
CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody's service counts: the unit of the office that comes first, and whether they chair there."""

    unit: int
    is_chair: bool


def units_on(day: dt.date) -> list[UnitRow]:
    """The units of a day, as they stood. Three queries."""
    parents = dict(UnitParent.objects.on(day).order_by("valid_from", "pk").values_list("unit", "parent"))
    codes = dict(UnitLabel.objects.on(day).values_list("unit", "code"))
    rows = Unit.objects.on(day).order_by("pk").values_list("pk", "code", "kind")
    return [UnitRow(pk, codes.get(pk, code), kind, parents.get(pk, 0)) for pk, code, kind in rows]


def posts_on(day: dt.date) -> dict[int, Post]:
    """Where each officer counts: in a board before other bodies, then by the order of offices. One query."""
    rows = Term.objects.on(day).order_by("office__order", "valid_from", "body__unit", "pk")
    found: dict[int, Post] = {}
    later: dict[int, Post] = {}
    for member, office, kind, unit in rows.values_list("member", "office__key", "body__kind", "body__unit"):
        leads = kind in BODIES_WITH_RIGHTS
        (found if leads else later).setdefault(member, Post(unit, leads and office == CHAIR))
    return {**later, **found}


def columns_now() -> tuple[Columns, list[int], list[int]]:
    """The columns of a month; the place of each competence in a profile; the levels' own numbers. Two queries."""
    competences = list(Competence.objects.order_by("number").values_list("key", "number"))
    levels = list(Level.objects.order_by("track__order", "track", "order").values_list("key", "pk"))
    columns = Columns([key for key, _ in competences], [key for key, _ in levels])
    return columns, [number for _, number in competences], [pk for _, pk in levels]


def draw_keys(day: dt.date) -> int:
    """Give everybody who will be in the file their secret.

    Members and officers are asked for apart: "in these or in those" is quadratic on PostgreSQL at a million.
    """
    missing: set[int] = set()
    for rows in (Membership.objects.on(day), Term.objects.on(day)):
        missing |= set(rows.filter(member__archive_key=None).values_list("member", flat=True))
    return make_keys(sorted(missing))


Person = tuple[int, int, str, bytes | memoryview | None, bytes | memoryview | None]
"""(member, unit, status, levels of the profile, secret)"""
COLUMNS = ("member__profile__levels", "member__archive_key__secret")


def people_on(day: dt.date, posts: Mapping[int, Post]) -> Iterator[list[Person]]:
    """Everybody of a day in portions: those who belong somewhere, once each; then officers who belong nowhere."""
    rows = Membership.objects.on(day).order_by("member_id", "status", "-valid_from", "-pk")
    found = rows.values_list("member_id", "unit_id", "status", *COLUMNS).iterator(chunk_size=AT_A_TIME)
    left = set(posts)
    for portion in _portions(_once(found)):
        left.difference_update(person[0] for person in portion)
        yield portion
    others = Member.objects.filter(pk__in=left).order_by("pk") if left else Member.objects.none()
    last = others.values_list("pk", "profile__levels", "archive_key__secret")
    yield from _portions((pk, 0, "", levels, secret) for pk, levels, secret in last)


def _once(rows: Iterable[Person]) -> Iterator[Person]:
    """The first row of each person; who got a secret only meanwhile comes next time."""
    before = 0
    for row in rows:
        if row[0] != before and row[4] is not None:
            yield row
        before = row[0]


def _portions(rows: Iterable[Person]) -> Iterator[list[Person]]:
    left = iter(rows)
    while portion := list(islice(left, AT_A_TIME)):
        yield portion


@dataclass(frozen=True, slots=True)
class Gatherer:
    """What is the same for all portions of a month."""

    day: dt.date
    name: str
    columns: Columns
    numbers: Sequence[int]
    levels: Sequence[int]
    posts: Mapping[int, Post]
    is_past: bool

    def rows(self, people: Sequence[Person]) -> np.ndarray:
        """The rows of a portion, as the file holds them. One query; a few more for a day that is past."""
        found = np.zeros(len(people), self.columns.record)
        numbers = b"".join(pseudonym(bytes(secret), self.name) for *_, secret in people if secret is not None)
        found["pseudonym"] = np.frombuffer(numbers, "<u8")
        found["unit"] = [unit for _, unit, *_ in people]
        found["office_unit"] = [self.posts[one[0]].unit if one[0] in self.posts else 0 for one in people]
        found["groups"] = [self._groups(pk, status) for pk, _unit, status, *_ in people]
        if self.numbers:
            found["competences"] = self._past(people) if self.is_past else self._profiles(people)
        self._put_levels(found["levels"], [one[0] for one in people])
        return found

    def _groups(self, pk: int, status: str) -> int:
        told = {Membership.Status.MEMBER: Groups.MEMBER, Membership.Status.SYMPATHISER: Groups.SYMPATHISER}
        groups = int(told.get(status, 0))  # type: ignore[call-overload]
        post = self.posts.get(pk)
        if post is not None:
            groups |= int(Groups.OFFICER | (Groups.CHAIR if post.is_chair else 0))
        return groups

    def _profiles(self, people: Sequence[Person]) -> np.ndarray:
        """The bytes of the profiles, a column for each competence; whoever has none stands at nought."""
        width = max(self.numbers) + 1
        packed = b"".join(bytes(levels or b"").ljust(width, b"\0")[:width] for *_, levels, _secret in people)
        return np.frombuffer(packed, np.int8).reshape(len(people), width)[:, list(self.numbers)]

    def _past(self, people: Sequence[Person]) -> np.ndarray:
        """The same by the rule, as of the day."""
        place = {key: at for at, key in enumerate(self.columns.competences)}
        found = np.zeros((len(people), len(place)), np.int8)
        row = {one[0]: at for at, one in enumerate(people)}
        ids = list(row)
        for start in range(0, len(ids), RULE_AT_A_TIME):
            for pk, standing in drawn_on(ids[start : start + RULE_AT_A_TIME], on=self.day).items():
                for key, now in standing.items():
                    if key in place:
                        found[row[pk], place[key]] = now.level
        return found

    def _put_levels(self, states: np.ndarray, ids: Sequence[int]) -> None:
        """Who holds a level, or has held it. One query."""
        row, column = {pk: at for at, pk in enumerate(ids)}, {pk: at for at, pk in enumerate(self.levels)}
        awards: Any = Award.objects.counting(self.day).filter(member__gte=min(ids), member__lte=max(ids)).order_by()
        for member, level, until, ended in awards.values_list("member", "level", "valid_until", "ending__on"):
            if member not in row or level not in column:
                continue
            is_valid = (until is None or until > self.day) and (ended is None or ended > self.day)
            at = row[member], column[level]
            states[at] = max(states[at], State.VALID if is_valid else State.LAPSED)
