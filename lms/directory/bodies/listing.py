"""The list of bodies: narrowed, and each with its seats, what is vacant and what ends soon."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lms.directory.bodies.sight import soon
from lms.members.names import name_key
from lms.organisation.models import Body, BodySeat, Term, UnitAncestry

SHOWS = ("vacant", "soon")
ROWS = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed by; what is not understood is left out."""

    name: str = ""
    kind: str = ""
    unit: uuid.UUID | None = None
    show: str = ""


def filters_from(asked: Mapping[str, str]) -> Filters:
    """The filters in an address, by allow-list."""
    kind, show = asked.get("kind", ""), asked.get("show", "")
    return Filters(
        name=asked.get("name", "").strip()[:80],
        kind=kind if kind in Body.Kind.values else "",
        unit=_uuid(asked.get("unit", "")),
        show=show if show in SHOWS else "",
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def narrowed(bodies: QuerySet[Body], filters: Filters, *, on: dt.date) -> QuerySet[Body]:
    """The bodies of a day that fit, all but ``show``."""
    rows = bodies.on(on)  # type: ignore[attr-defined]
    if filters.name:
        rows = rows.filter(Q(unit__name_key__contains=name_key(filters.name)) | Q(name__icontains=filters.name))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.unit:
        below = UnitAncestry.objects.on(on).filter(ancestor__public_id=filters.unit)
        rows = rows.filter(unit__in=below.values("unit"))
    return rows


def with_vacancies(bodies: QuerySet[Body], *, on: dt.date) -> QuerySet[Body]:
    """Those with a seat nobody holds."""
    return bodies.filter(_vacant(on))


def ending_soon(bodies: QuerySet[Body], *, on: dt.date) -> QuerySet[Body]:
    """Those in which a term ends within ninety days."""
    return bodies.filter(_ending(on))


def counts_of(bodies: QuerySet[Body], *, on: dt.date) -> dict[str, int]:
    """How many there are, with a vacant seat, and with a term that ends soon. One query."""
    some = {"all": Count("pk"), "vacant": Count("pk", filter=_vacant(on)), "soon": Count("pk", filter=_ending(on))}
    return bodies.aggregate(**some)


def _vacant(on: dt.date) -> Q:
    held = Term.objects.on(on).filter(body=OuterRef("body"), office=OuterRef("office")).order_by()
    count = Subquery(held.values("body").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    empty = BodySeat.objects.annotate(held=Coalesce(count, 0)).filter(held__lt=F("number"))
    return Q(pk__in=empty.values("body"))


def _ending(on: dt.date) -> Q:
    return Q(pk__in=Term.objects.on(on).filter(valid_until__lte=soon(on)).values("body"))


@dataclass(frozen=True, slots=True)
class Filling:
    """Seats of a body, how many are held, how many stand empty, and how many terms end soon."""

    seats: int
    held: int
    vacant: int
    ending: int


def fillings(bodies: Iterable[Body], *, on: dt.date) -> dict[int, Filling]:
    """The filling of each body on a day. Two queries, however many bodies."""
    ids = [body.pk for body in bodies]
    numbers = BodySeat.objects.filter(body__in=ids).values_list("body", "office", "number")
    terms = Term.objects.on(on).filter(body__in=ids).order_by().values_list("body", "office")
    held = {
        (body, office): (count, ending)
        for body, office, count, ending in terms.annotate(
            n=Count("pk"), ending=Count("pk", filter=Q(valid_until__lte=soon(on)))
        )
    }
    found = {pk: [0, 0, 0, 0] for pk in ids}
    for body, office, number in numbers:
        found[body][0] += number
        found[body][2] += max(0, number - held.get((body, office), (0, 0))[0])
    for (body, _office), (count, ending) in held.items():
        found[body][1] += count
        found[body][3] += ending
    return {pk: Filling(*numbers) for pk, numbers in found.items()}
