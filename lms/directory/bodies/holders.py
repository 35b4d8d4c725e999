"""Who holds which right, where, from when to when and by what: by election, by appointment, or lent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation import access
from lms.organisation.access import RIGHTS, RIGHTS_OF_OFFICE, Grant, Right
from lms.organisation.models import Appointment, Delegation, Term, UnitAncestry
from lms.organisation.rights import BODIES_WITH_RIGHTS
from lms.organisation.words import ROLE_WORDS, right_word
from lms.periods import today


@dataclass(frozen=True, slots=True)
class Holder:
    """One line: a person, what they may do, for which unit, and what it comes from.

    ``rests``: what was lent does not count now, because the lender does not hold it.
    """

    member: Member
    what: str
    rights: tuple[str, ...]
    unit: str
    source: str
    start: dt.date
    until: dt.date | None
    giver: Member | None = None
    rests: bool = False
    key: int = 0
    unit_id: int = 0
    may_end: bool = False

    @property
    def last(self) -> dt.date | None:
        """The last day of it."""
        return self.until - dt.timedelta(days=1) if self.until else None


@dataclass(frozen=True, slots=True)
class Held:
    """What a reader is shown: what they hold, what they have lent, and what others hold in their units."""

    mine: list[Holder]
    lent: list[Holder]
    others: list[Holder]


def held(
    reader: Member, own: Collection[Grant], *, units: Collection[int], right: str = "", name: str = "", on: dt.date
) -> Held:
    """Everything that is held on the day or will be: by the reader, lent by them, and in ``units``. Five queries.

    ``own`` is what the reader holds of their own.
    """
    mine, wanted = Q(member=reader), name_key(name)
    found = [
        *_elected(mine | Q(body__unit__in=units), on),
        *_appointed(mine | Q(unit__in=units), on),
        *_lent(mine | Q(giver=reader) | Q(unit__in=units), on),
    ]
    lines = with_ends(
        reader, own, sorted(found, key=lambda one: (one.unit, one.member.name_key, one.source, one.start))
    )
    others = [one for one in lines if reader not in (one.member, one.giver)]
    return Held(
        mine=[one for one in lines if one.member == reader],
        lent=[one for one in lines if one.giver == reader],
        others=[one for one in others if (not right or right in one.rights) and wanted in one.member.name_key],
    )


def _elected(of: Q, on: dt.date) -> Iterable[Holder]:
    carrying = Q(office__unit=None, office__key__in=RIGHTS_OF_OFFICE, body__kind__in=BODIES_WITH_RIGHTS)
    rows = Term.objects.filter(of, carrying).exclude(valid_until__lte=on)
    for term in rows.select_related("member", "office", "body__unit"):
        rights = tuple(sorted(RIGHTS_OF_OFFICE[term.office.key]))
        yield Holder(
            term.member, str(term.office), rights, term.body.unit.name, "term", term.valid_from, term.valid_until
        )


def _appointed(of: Q, on: dt.date) -> Iterable[Holder]:
    rows = Appointment.objects.filter(of).exclude(valid_until__lte=on)
    for row in rows.select_related("member", "unit"):
        yield Holder(
            row.member, str(ROLE_WORDS[row.role]), tuple(sorted(RIGHTS[row.role])), row.unit.name, "appointment",
            row.valid_from, row.valid_until, key=row.pk, unit_id=row.unit_id,
        )  # fmt: skip


def _lent(of: Q, on: dt.date) -> Iterable[Holder]:
    rows = Delegation.objects.filter(of).exclude(valid_until__lte=on)
    loans = list(rows.select_related("member", "giver", "unit"))
    counting = access.still_held({(row.giver_id, Right(row.right), row.unit_id) for row in loans}, on)
    for row in loans:
        rests = on in row.period and (row.giver_id, Right(row.right), row.unit_id) not in counting
        yield Holder(
            row.member, right_word(row.right), (row.right,), row.unit.name, "delegation", row.valid_from,
            row.valid_until, giver=row.giver, rests=rests, key=row.pk, unit_id=row.unit_id,
        )  # fmt: skip


def lendable(own: Iterable[Grant]) -> list[str]:
    """The rights that may be lent by who holds this of their own, somewhere."""
    held_somewhere = access.rights_of(own)
    return [right for right in Right if right in held_somewhere & access.LENDABLE]


def roles_to_give(own: Collection[Grant]) -> list[str]:
    """The roles that may be given by who holds this of their own: every right of them, in one place."""
    return [role for role, rights in RIGHTS.items() if any(rights <= grant.rights for grant in own)]


def with_ends(reader: Member, own: Collection[Grant], rows: Iterable[Holder]) -> list[Holder]:
    """The same lines, each with whether the reader may end it: their own, lent by them, or what they hold there too."""
    lines = list(rows)
    tops = {grant.unit_id for grant in own}
    reach = UnitAncestry.objects.on(today()).filter(ancestor__in=tops, unit__in={line.unit_id for line in lines})
    there: dict[int, set[str]] = {}
    for top, unit in reach.values_list("ancestor", "unit"):
        there.setdefault(unit, set()).update(right for grant in own if grant.unit_id == top for right in grant.rights)

    def may_end(line: Holder) -> bool:
        theirs = reader in (line.member, line.giver) or set(line.rights) <= there.get(line.unit_id, set())
        return line.source != access.Source.TERM and theirs

    return [replace(line, may_end=may_end(line)) for line in lines]
