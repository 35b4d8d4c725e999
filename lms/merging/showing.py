"""What the pages of merging show: two cards side by side, what follows, and where the person will have belonged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.members.models import Member
from lms.members.queries import sign_in_addresses
from lms.merging.person import can_sign_in
from lms.merging.planning import Part, Plan
from lms.merging.queries import Sign
from lms.merging.services import Preview
from lms.merging.steps import Change, Making, Pair, Removal
from lms.organisation.models import Membership, Unit
from lms.organisation.queries import terms_of
from lms.pages.templatetags.tillit import long_date
from lms.periods import Period

Word = str | Promise
SIGNS: dict[Sign, Word] = {
    Sign.SAME_EMAIL: gettext_lazy("The same e-mail, and names that are alike"),
    Sign.JOINED: gettext_lazy("A sympathiser and somebody in the register, of the same name"),
    Sign.SAME_BIRTH_YEAR: gettext_lazy("The same name, year of birth and unit"),
}
STATUSES: dict[str, Word] = {
    Membership.Status.MEMBER: gettext_lazy("Member"),
    Membership.Status.SYMPATHISER: gettext_lazy("Sympathiser"),
}
FIELDS: dict[str, Word] = {
    "name": gettext_lazy("Name"),
    "member_number": gettext_lazy("Member number"),
    "email": gettext_lazy("E-mail"),
}


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One of the two records as the page shows it."""

    member: Member
    facts: list[tuple[Word, str]]
    belongs: list[str]
    offices: list[str]


def card_of(member: Member) -> RecordCard:
    """A record with what tells it from another: number, contact, where it belongs, how one signs in."""
    rows = Membership.objects.filter(member=member).select_related("unit").order_by("valid_from")
    facts = [
        (FIELDS["member_number"], member.member_number or ""),
        (FIELDS["email"], member.email),
        (_("Year of birth"), str(member.birth_year or "")),
        (_("Signs in with"), ", ".join(sign_in_addresses(member))),
        (_("Last signed in"), long_date(member.last_login)),
        (_("Known here since"), long_date(member.created_at)),
    ]
    belongs = [belonging(row.status, row.unit.name, row.period) for row in rows]
    offices = [f"{term.office}, {term.body.unit.name}" for term in terms_of(member)]
    return RecordCard(member, [(label, value or "–") for label, value in facts], belongs, offices)


def belonging(status: str, unit: str, period: Period) -> str:
    """Member, Bodø, from 1 March 2024 until 31 May 2025: with the last day."""
    told = {"status": str(STATUSES[status]), "unit": unit, "start": long_date(period.start)}
    if period.until is None:
        return _("%(status)s, %(unit)s, since %(start)s") % told
    return _("%(status)s, %(unit)s, from %(start)s until %(until)s") % {
        **told,
        "until": long_date(period.until - dt.timedelta(days=1)),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing: how many follow, and how many the person has already."""

    label: Word
    follow: int
    coincide: int


def lines_of(plan: Plan) -> list[Line]:
    """What follows, kind by kind; what has no name of its own is counted together, last."""
    named = [
        Line(part.rule.label, part.follow, part.coincide) for part in plan.parts if part.rule.label and _tells(part)
    ]
    rest = [part for part in plan.parts if not part.rule.label and _tells(part)]
    if rest:
        other = Line(_("Other things"), sum(p.follow for p in rest), sum(p.coincide for p in rest))
        named.append(other)
    return named


def _tells(part: Part) -> bool:
    return bool(part.follow or part.coincide)


def memberships_after(plan: Plan) -> list[str]:
    """Where the person will have belonged, and as what, in order."""
    part = next((part for part in plan.parts if part.rule.model is Membership), None)
    rows = {row.pk: row for row in Membership.objects.filter(member__in=[plan.pair.kept, plan.pair.absorbed])}
    more: list[Membership] = []
    for step in part.steps if part else ():
        if isinstance(step, Removal):
            rows.pop(step.row.pk, None)
        elif isinstance(step, Making) and isinstance(step.row, Membership):
            more.append(step.row)
        elif isinstance(step, Change) and step.pk in rows:
            for name, value in step.after.items():
                setattr(rows[step.pk], name, value)
    return _belongings([*rows.values(), *more])


def _belongings(rows: Iterable[Membership]) -> list[str]:
    ordered = sorted(rows, key=lambda row: row.valid_from)
    names = dict(Unit.objects.filter(pk__in={row.unit_id for row in ordered}).values_list("pk", "name"))
    return [belonging(row.status, names[row.unit_id], row.period) for row in ordered]


def remains_of(preview: Preview) -> list[tuple[Word, str, bool]]:
    """Name, number, e-mail and sign-in as they will stand, and whether each is the kept record's own."""
    rows = [(FIELDS[r.field], r.value or "–", r.is_kept_own or not r.value) for r in preview.remains]
    return rows + _sign_in_after(preview.plan.pair)


def _sign_in_after(pair: Pair) -> list[tuple[Word, str, bool]]:
    """Which sign-in remains; where both are accounts, which stops working."""
    own, other = (", ".join(sign_in_addresses(one)) or _by_number(one) for one in (pair.kept, pair.absorbed))
    stays, goes = gettext_lazy("Signs in with"), gettext_lazy("No longer signs in with")
    if pair.both_sign_in:
        return [(stays, own, True), (goes, other, True)]
    if can_sign_in(pair.kept) or not can_sign_in(pair.absorbed):
        return [(stays, own if can_sign_in(pair.kept) else "–", True)]
    return [(stays, other, False)]


def _by_number(member: Member) -> str:
    return _("The member number") if member.member_number else "–"
