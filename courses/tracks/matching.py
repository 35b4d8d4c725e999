"""Whom the rows of a file of earlier awards mean, and which they have already. Constant queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from courses.progression.models import Award, Level, LevelRule
from courses.tracks.earlier import DAY, NAME, NUMBER, Earlier, Outcome, Wrong, is_same_name
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.periods import today

AT_A_TIME = 800
WIDEST = 12
"""The longest number whose lost noughts are looked for."""


def match_rows(rows: Sequence[Earlier], *, level: Level, by: Member, on: dt.date | None = None) -> None:
    """Write into each row whom it means and what becomes of it. Of a person out of reach nothing is told."""
    day = on or today()
    asked = [row for row in rows if row.outcome != Outcome.WRONG]
    seen = reachable(by, on=day)
    known, within = _known({row.number for row in asked}, seen)
    lost = [row.number for row in asked if row.number not in known]
    noughts = _with_noughts(lost, seen) if lost else {}
    for row in asked:
        member = known.get(row.number)
        if member is None:
            right = noughts.get(row.number, "")
            row.refuse(Wrong.NOUGHTS if right else Wrong.UNKNOWN, NUMBER, row.number, right)
        elif member.pk == by.pk:
            row.refuse(Wrong.SELF, NUMBER, row.number)
        elif member.pk not in within:
            row.refuse(Wrong.FOREIGN, NUMBER, row.number)
        else:
            row.member, row.named = member.pk, member.name
            if row.name and member.name and not is_same_name(row.name, member.name):
                row.refuse(Wrong.NAME, NAME, row.name, member.name)
    _set_apart(asked, level)


def reachable(by: Member, *, on: dt.date) -> set[int]:
    """The ids of the units whose levels somebody keeps."""
    return set(access.units_with(by, Right.KEEP_LEVELS, on=on).values_list("pk", flat=True))


def _known(numbers: Iterable[str], units: set[int]) -> tuple[dict[str, Member], set[int]]:
    """By number everybody who has it; and the ids of those of them within the units."""
    known: dict[str, Member] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_A_TIME):
        part = Member.objects.filter(member_number__in=wanted[start : start + AT_A_TIME], is_active=True)
        rows = part.only("pk", "member_number", "name")
        known |= {member.member_number: member for member in rows if member.member_number}
    ids = [member.pk for member in known.values()]
    people = access.people_under(units, on=today())
    within: set[int] = set()
    for start in range(0, len(ids), AT_A_TIME):
        within |= set(people.filter(pk__in=ids[start : start + AT_A_TIME]).values_list("pk", flat=True))
    return known, within


def _with_noughts(numbers: Sequence[str], units: set[int]) -> dict[str, str]:
    """A number as written → the one it is with the noughts a spreadsheet took, of people within reach."""
    bare = {text: number for number in numbers if number.isdigit() for text in _padded(number)}
    some = list(bare)[:AT_A_TIME]
    found = access.people_under(units, on=today()).filter(member_number__in=some)
    return {bare[full]: full for full in found.values_list("member_number", flat=True) if full}


def _padded(number: str) -> list[str]:
    return [number.zfill(width) for width in range(len(number) + 1, WIDEST + 1)]


def _set_apart(rows: Sequence[Earlier], level: Level) -> None:
    """Those the person has already, and those that stand in the file before."""
    good = [row for row in rows if row.outcome != Outcome.WRONG]
    ids = sorted({row.member for row in good if row.member})
    held: set[tuple[int, dt.date]] = set()
    for start in range(0, len(ids), AT_A_TIME):
        given = Award.objects.filter(level=level, member__in=ids[start : start + AT_A_TIME])
        held |= set(given.values_list("member", "awarded_on"))
    first: dict[tuple[int | None, dt.date], int] = {}
    for row in good:
        key = (row.member, row.on)
        if key in held:
            row.outcome, row.column = Outcome.ALREADY, DAY
        elif key in first:
            row.outcome, row.column, row.right = Outcome.TWICE, "", str(first[key])
        else:
            row.outcome = Outcome.NEW
            first[key] = row.row


def is_before_rules(day: dt.date, rules: Sequence[LevelRule]) -> bool:
    """Whether no rule held that day yet: then the earliest says how long the award lasts."""
    return bool(rules) and day < rules[0].valid_from
