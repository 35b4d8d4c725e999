"""Choosing a person by name, among those one may choose: first found, then written about."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from lms.audit.services import record_sighting
from lms.members.models import Member
from lms.members.names import name_key
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.models import Membership
from lms.periods import today

MOST_FOUND = 20
SHORTEST = 2


def choosable(reader: Member) -> QuerySet[Member]:
    """Whom the reader may choose: who belongs today, among those they know of."""
    belong = Membership.objects.on(today()).values("member")
    return access.acquaintances(reader).filter(pk__in=belong, is_active=True)


def chosen(request: SignedInRequest) -> Member | None:
    """The person named in the address (``?person=``), if the reader may choose them."""
    try:
        named = uuid.UUID(request.GET.get("person", ""))
    except ValueError:
        return None
    person = choosable(request.user).filter(public_id=named).first()
    if person is not None:
        record_sighting(by=request.user, page="choose_person", of=[person.public_id])
    return person


def looked_for(request: SignedInRequest) -> dict[str, object]:
    """What a page of choosing is given: the name asked for and those found, each with where they belong."""
    asked = request.GET.get("name", "").strip()[:80]
    found: list[dict[str, object]] = []
    if len(asked) >= SHORTEST:
        rows = choosable(request.user).filter(name_key__contains=name_key(asked)).order_by("name_key", "pk")
        people = list(rows[: MOST_FOUND + 1])
        homes = Membership.objects.on(today()).filter(member__in=people).order_by("valid_from")
        units = dict(homes.values_list("member", "unit__name"))
        found = [{"person": person, "unit": units.get(person.pk, "")} for person in people]
        record_sighting(by=request.user, page="choose_person", of=[person.public_id for person in people])
    return {"asked": asked, "found": found[:MOST_FOUND], "is_cut": len(found) > MOST_FOUND, "shortest": SHORTEST}
