"""Which units one may come to."""

from __future__ import annotations

from django.db.models import QuerySet

from lms.organisation.models import Unit
from lms.periods import today

CHOSEN_AMONG = (Unit.Kind.COUNTY, Unit.Kind.MUNICIPAL)


def units_to_choose() -> QuerySet[Unit]:
    """The county and municipal branches of today, by name."""
    return Unit.objects.on(today()).filter(kind__in=CHOSEN_AMONG).order_by("name_key", "pk")


def whole_organisation() -> Unit | None:
    """The national organisation: where those come who name no branch."""
    return Unit.objects.on(today()).filter(kind=Unit.Kind.NATIONAL).order_by("pk").first()
