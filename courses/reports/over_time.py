"""Certificates in the report over time: where they were earned, and what became of that place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext_lazy

from certificates.models import Credential, StatusChange
from lms.organisation.models import Membership
from lms.organisation.rollup import Earned, Figure, register_figure
from lms.periods import Period


def certificates_earned(on: dt.date) -> list[Earned]:
    """(holder, unit, day) of every certificate earned by a day that is not revoked, once however often it was renewed.

    The unit is the one the holder belonged to on the day it was earned: the newest when there
    are several. One who belonged nowhere then is left out. Three queries.
    """
    revoked = StatusChange.objects.filter(status=StatusChange.Status.REVOKED)
    rows = Credential.objects.exclude(award_key__in=revoked.values("credential__award_key"))
    earned = {
        key: (holder, dt.date.fromisoformat(day))
        for key, holder, day in rows.order_by("-edition").values_list("award_key", "holder", "payload__awarded_on")
    }
    stays: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    held = Membership.objects.filter(member__in=rows.values("holder")).order_by("-valid_from", "-pk")
    for member, place, since, until in held.values_list("member", "unit", "valid_from", "valid_until"):
        stays[member].append((place, Period(since, until)))
    found = []
    for holder, day in earned.values():
        unit = next((unit for unit, period in stays[holder] if day in period), None)
        if unit is not None and day <= on:
            found.append((holder, unit, day))
    return found


def register_certificates() -> None:
    """Add the column."""
    register_figure(Figure("certificates", gettext_lazy("Certificates"), certificates_earned))
