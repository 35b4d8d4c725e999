"""How the rows on where a person stands are merged: memberships, terms, rights, leaving, consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.members.models import Consent, Leaving
from lms.merging.periods import as_one, no_day_twice
from lms.merging.registry import Rows, register_rule
from lms.merging.steps import Pair, Removal, Step, change, follow
from lms.organisation.models import Appointment, Delegation, Membership, Term
from lms.reorganisation import models as reorganisation

_MEMBER = Membership.Status.MEMBER


def member_beats_sympathiser(absorbed: Membership, kept: Membership) -> bool:
    """Whether the absorbed record's days count: it says member where the kept one says sympathiser."""
    return absorbed.status == _MEMBER and kept.status != _MEMBER


def delegations(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """What was lent follows; what the two records lent each other goes, because nobody lends to themselves."""
    both = {pair.kept.pk, pair.absorbed.pk}
    for row in absorbed:
        if {row.member_id, row.giver_id} <= both:
            yield Removal(row)
        else:
            yield from follow(row, pair)


def leavings(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Whoever belongs somewhere has not left; otherwise one leaving stands, the kept record's before the other's."""
    open_kept = [row for row in kept if row.cancelled_at is None]
    if pair.belongs:
        for row in open_kept:
            yield from change(row, cancelled_at=pair.at)
    for row in absorbed:
        if row.cancelled_at is None and (pair.belongs or open_kept):
            yield from change(row, cancelled_at=pair.at, member_id=pair.kept.pk)
        else:
            yield from follow(row, pair)


def consents(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Every row follows; of each purpose the latest word counts, so an older consent still open is closed."""
    for row in (*kept, *absorbed):
        others = [other for other in (*kept, *absorbed) if other.purpose == row.purpose and other is not row]
        if row.withdrawn_at is None and any(_came_after(other, row) for other in others):
            yield from change(row, withdrawn_at=pair.at)
    for row in absorbed:
        yield from follow(row, pair)


def _came_after(other: Any, row: Any) -> bool:
    """Whether another record said something of the same purpose after this consent was given."""
    said: tuple[dt.datetime, int] = (other.withdrawn_at or other.given_at, other.pk)
    return said > (row.given_at, row.pk)


def choices_by_hand(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Where a reorganisation sends a person by hand: the kept record's choice stands."""
    chosen = {row.change_id for row in kept}
    for row in absorbed:
        yield from [Removal(row)] if row.change_id in chosen else follow(row, pair)


def register() -> None:
    """Say so, once, at start."""
    register_rule(Membership, no_day_twice(beats=member_beats_sympathiser), label=_("Memberships"))
    register_rule(Term, as_one("office_id", "body_id"), label=_("Offices"))
    register_rule(Appointment, as_one("role", "unit_id"), label=_("Roles given"))
    register_rule(Delegation, delegations, label=_("Rights lent"))
    register_rule(Leaving, leavings)
    register_rule(Consent, consents, label=_("Consents"))
    register_rule(reorganisation.MemberChoice, choices_by_hand)
