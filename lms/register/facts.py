"""What is known today: the importer's reach, the units, the people behind numbers, and those a file leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from lms.members.accounts import has_sign_in_address
from lms.members.models import Member
from lms.merging.models import Merge
from lms.organisation import access, carrying
from lms.organisation.leaving import left_by_own_act_among
from lms.organisation.models import Membership, Term, Unit, UnitLabel, UnitSuccession
from lms.register.cells import Wrong
from lms.register.diff import FIELDS, Fact, Standing, with_noughts
from lms.register.models import RegisterImport, StagedRow
from lms.register.units import Known, UnitBook

KEEP = access.Right.KEEP_REGISTER


@dataclass(frozen=True, slots=True)
class Reach:
    """The units somebody keeps the register for. ``units`` None: all of them. ``tops`` are what the reach hangs on.

    ``former``: the same, and the units that theirs took over from; whoever belonged there last may come back.
    """

    units: frozenset[int] | None
    former: frozenset[int] = frozenset()
    tops: tuple[int, ...] = ()

    def holds(self, unit: int) -> bool:
        """Whether a unit is in reach."""
        return self.units is None or unit in self.units

    def covers(self, tops: Collection[int] | None) -> bool:
        """Whether everything that hangs on ``tops`` is in reach (None: everything there is)."""
        return self.units is None or (tops is not None and set(tops) <= self.units)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in reach."""
        return self.units is not None and not self.units


def reach_of(by: Member | None, *, on: dt.date) -> Reach:
    """Where somebody keeps the register on a day; the installation itself (None) keeps all of it."""
    if by is None:
        return Reach(None)
    units = frozenset(access.units_with(by, KEEP, on=on).values_list("pk", flat=True))
    tops = tuple(sorted({grant.unit_id for grant in access.grants(by, on=on) if KEEP in grant.rights}))
    if units and not Unit.objects.on(on).exclude(pk__in=units).exists():
        return Reach(None, tops=tops)
    return Reach(units, units | _taken_over(units), tops)


def _taken_over(units: frozenset[int]) -> frozenset[int]:
    """The units that these took over from, through every step."""
    origins: dict[int, set[int]] = {}
    for predecessor, successor in UnitSuccession.objects.values_list("predecessor", "successor"):
        origins.setdefault(successor, set()).add(predecessor)
    found: set[int] = set()
    front = set(units)
    while front := {origin for unit in front for origin in origins.get(unit, ())} - found:
        found |= front
    return frozenset(found)


def unit_book(reach: Reach, *, on: dt.date) -> UnitBook:
    """The units of a day, with the names they and those before them bore."""
    earlier: dict[int, set[str]] = {}
    for unit, name in UnitLabel.objects.values_list("unit", "name"):
        earlier.setdefault(unit, set()).add(name)
    for successor, name in UnitSuccession.objects.values_list("successor", "predecessor__name"):
        earlier.setdefault(successor, set()).add(name)
    rows = Unit.objects.on(on).order_by("name_key", "pk").values_list("pk", "code", "name")
    return UnitBook(
        Known(pk, code, name, reach.holds(pk), tuple(earlier.get(pk, set()) - {name})) for pk, code, name in rows
    )


def facts_of(numbers: Collection[str], reach: Reach, *, on: dt.date) -> dict[str, Fact]:
    """The people with these numbers. Five queries at most."""
    rows = Member.objects.filter(member_number__in=numbers).values_list("pk", "member_number", *FIELDS)
    people = {pk: told for pk, *told in rows}
    belong: dict[int, list[Standing]] = {}
    today = Membership.objects.on(on).filter(member__in=list(people)).order_by("-valid_from", "-pk")
    for member, unit, status in today.values_list("member", "unit", "status"):
        belong.setdefault(member, []).append(Standing(unit, status))
    last = {} if reach.units is None else _last_units(people.keys() - belong.keys())
    gone = left_by_own_act_among(people)
    found = {}
    for pk, (number, *values) in people.items():
        standings = tuple(belong.get(pk, ()))
        is_kept = reach.units is None or (
            all(reach.holds(one.unit) for one in standings) if standings else last.get(pk) in reach.former
        )
        said = dict(zip(FIELDS, values, strict=True))
        found[number] = Fact(pk, **said, standings=standings, is_kept=is_kept, has_left=pk in gone)
    return found


def keeping_email(people: Collection[int], *, against: Member | None) -> set[int]:
    """Those without an account who carry rights that an importer does not hold. A letter to them opens those rights."""
    if against is None or not people:
        return set()
    closed = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    rows = Member.objects.filter(closed, pk__in=people).exclude(has_sign_in_address())
    return carrying.above(list(rows.values_list("pk", flat=True)), than=against)


def merged_away(numbers: Collection[str], reach: Reach, *, on: dt.date) -> dict[str, tuple[Wrong, str]]:
    """Those of these numbers that were of records merged away, and what is said of each: the number to write instead.

    Of a person out of reach nothing is told. One query; a few more when there is one.
    """
    rows = Merge.objects.filter(former_number__in=numbers, undone_at=None) if numbers else ()
    now = {row.former_number: row.kept_id for row in rows}
    while steps := dict(
        Merge.objects.filter(absorbed__in=now.values(), undone_at=None).values_list("absorbed", "kept") if now else ()
    ):
        now = {number: steps.get(kept, kept) for number, kept in now.items()}
    written = dict(Member.objects.filter(pk__in=now.values()).values_list("pk", "member_number")) if now else {}
    known = facts_of([number for number in written.values() if number], reach, on=on) if now else {}
    found = {}
    for number, pk in now.items():
        own = written.get(pk) or ""
        in_reach = known[own].is_kept if own in known else reach.units is None
        found[number] = (Wrong.MERGED, own) if in_reach else (Wrong.PERSON_FOREIGN, "")
    return found


def _last_units(people: Iterable[int]) -> dict[int, int]:
    """Where people belonged last who belong nowhere now."""
    rows = Membership.objects.filter(member__in=list(people)).order_by("valid_until", "pk")
    return dict(rows.values_list("member", "unit"))


def nought_widths() -> list[int]:
    """How long the known numbers are that begin with a nought."""
    rows = Member.objects.filter(member_number__startswith="0").annotate(width=Length("member_number"))
    return list(rows.values_list("width", flat=True).distinct().order_by("width"))


def numbers_but_for_noughts(numbers: Iterable[str], widths: Collection[int]) -> dict[str, str]:
    """Number → the one somebody has that differs by the noughts before it only."""
    forms = {form: number for number in numbers for form in with_noughts(number, widths)}
    known = (
        Member.objects.filter(member_number__in=list(forms)).values_list("member_number", flat=True) if forms else ()
    )
    return {forms[number]: number for number in known if number}


def in_register(reach: Reach, *, on: dt.date) -> QuerySet[Member]:
    """The people of the register who belong within reach, and nowhere else, on a day."""
    belongs = Membership.objects.on(on).filter(member=OuterRef("pk"))
    people = Member.objects.exclude(member_number=None).exclude(member_number="")
    if reach.units is None:
        return people.filter(Exists(belongs))
    inside = belongs.filter(unit__in=reach.units)
    return people.filter(Exists(inside)).exclude(Exists(belongs.exclude(unit__in=reach.units)))


def left_out_by(register_import: RegisterImport, reach: Reach, *, on: dt.date) -> QuerySet[Member]:
    """The people a whole register does not name any more."""
    named = StagedRow.objects.filter(register_import=register_import).exclude(decision=StagedRow.Decision.LEAVING)
    return in_register(reach, on=on).exclude(Exists(named.filter(number=OuterRef("member_number"))))


def ending_terms(register_import: RegisterImport, *, on: dt.date) -> QuerySet[Term]:
    """The offices that end with those who leave; once they have left on that day, those that ended then."""
    leaving = StagedRow.objects.filter(register_import=register_import, decision=StagedRow.Decision.LEAVING)
    return Term.objects.exclude(valid_until__lt=on).filter(member__in=leaving.values("member"), valid_from__lt=on)
