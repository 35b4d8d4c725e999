"""One person for an administrator: where they belong and have belonged, what they hold and may."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lms.directory.people.account import Account, account_of
from lms.directory.people.timeline import Axis, Bar, axis_of
from lms.directory.people.words import RIGHTS, SOURCES, STANDINGS, Word
from lms.directory.sections import Shown, sections_of
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership, Term, Unit
from lms.periods import Period, today


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the person's years: what, where, from its first day to its last, and its bar."""

    what: Word
    where: str
    since: dt.date
    last: dt.date | None
    is_now: bool
    bar: Bar
    election: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Rights somebody holds today: which, where, by what."""

    rights: list[Word]
    unit: str
    source: Word


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows."""

    member: Member
    standing: str
    home: Unit | None
    axis: Axis
    memberships: list[Stretch]
    offices: list[Stretch]
    rights: list[Held]
    account: Account
    sections: list[Shown]


def page_of(member: Member, *, reader: Member) -> PersonPage:
    """The page of a person who is within the reader's reach; who is, ``reaching`` says. About ten queries."""
    day = today()
    memberships = list(member.memberships.select_related("unit").order_by("-valid_from", "-pk"))
    terms = list(member.terms.select_related("office", "body__unit").order_by("-valid_from", "-pk"))
    axis = axis_of([row.period for row in (*memberships, *terms)], today=day)
    now = [row for row in memberships if day in row.period]
    statuses = {row.status for row in now}
    standing = "member" if "member" in statuses else next(iter(statuses), "former" if memberships else "")
    return PersonPage(
        member=member,
        standing=standing,
        home=now[0].unit if now else None,
        axis=axis,
        memberships=[_belonged(row, axis) for row in memberships],
        offices=[_served(row, axis) for row in terms],
        rights=rights_of(member),
        account=account_of(member),
        sections=sections_of(member, reader=reader, on=day),
    )


def _last(period: Period) -> dt.date | None:
    return period.until - dt.timedelta(days=1) if period.until else None


def _belonged(row: Membership, axis: Axis) -> Stretch:
    period = row.period
    is_now = axis.today in period
    return Stretch(STANDINGS[row.status], row.unit.name, period.start, _last(period), is_now, axis.bar(period))


def _served(row: Term, axis: Axis) -> Stretch:
    period = row.period
    what, where = str(row.office), f"{row.body.name}, {row.body.unit.name}"
    is_now = axis.today in period
    return Stretch(what, where, period.start, _last(period), is_now, axis.bar(period), row.election)


def rights_of(member: Member) -> list[Held]:
    """What a person may do today, unit by unit. Two queries, three when something is lent."""
    held = access.grants(member)
    names = dict(Unit.objects.filter(pk__in={grant.unit_id for grant in held}).values_list("pk", "name"))
    rows = [
        Held(
            [words for right, words in RIGHTS.items() if right in grant.rights],
            names[grant.unit_id],
            SOURCES[grant.source],
        )
        for grant in held
    ]
    return sorted(rows, key=lambda row: (row.unit, str(row.source), len(row.rights)))
