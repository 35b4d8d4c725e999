"""Lapses soon: who, when and where, for those who see the people of a unit; as a file; and telling them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from courses.progression.models import Level
from courses.tracks.bulk_forms import levels_with_rules
from courses.tracks.forecast import DISTANCES, Forecast, forecast_of, places_of, topmost, units_seen
from courses.tracks.forecast_file import KINDS, forecast_file
from courses.tracks.lapses import Holding
from courses.tracks.people_shown import people_shown
from courses.tracks.reminding import remind as remind_them
from courses.tracks.renewals import renewals_of
from lms.members.assurance import step_up
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Unit
from lms.pages.templatetags.tillit import long_date
from lms.periods import today

ROWS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader has narrowed the forecast to."""

    units: list[Unit]
    unit: Unit
    levels: list[Level] = field(default_factory=list)
    level: Level | None = None
    months: int = 6
    begun: str = ""

    def query(self, **other: Any) -> str:
        """The same as an address, with something else in it."""
        told = {
            "unit": self.unit.public_id, "level": self.level.key if self.level else "", "months": self.months,
            "begun": self.begun, **other,
        }  # fmt: skip
        return urlencode({name: value for name, value in told.items() if value})


def asked_of(reader: Member, given: QueryDict) -> Asked:
    """What is asked for, as far as the reader sees it; Http404 for those who see nobody, or not that unit."""
    units = units_seen(reader)
    wanted = given.get("unit", "")
    unit = next((one for one in units if str(one.public_id) == wanted), None)
    if unit is None and not wanted:
        unit = topmost(units, on=today())
    if unit is None:
        raise Http404
    levels = list(levels_with_rules())
    level = next((one for one in levels if one.key == given.get("level")), None)
    months = next((one for one in DISTANCES if str(one) == given.get("months")), 6)
    begun = given.get("begun", "")
    return Asked(units, unit, levels, level, months, begun if begun in ("yes", "no") else "")


def rows_of(asked: Asked, forecast: Forecast) -> list[Holding]:
    """The people of the list: within the months, and by whether they have begun."""
    rows = forecast.within(asked.months)
    if not asked.begun:
        return rows
    renewals = renewals_of(rows, on=forecast.on)
    return [one for one in rows if renewals[one].is_begun == (asked.begun == "yes")]


def _forecast(asked: Asked, reader: Member) -> Forecast:
    return forecast_of(asked.unit, reader=reader, levels=[asked.level.pk] if asked.level else None)


@require_GET
@login_required
def lapsing(request: SignedInRequest) -> HttpResponse:
    """Whose levels lapse within 3, 6 or 12 months: numbers by month, level and unit, and the people by name."""
    asked = asked_of(request.user, request.GET)
    forecast = _forecast(asked, request.user)
    page = Paginator(rows_of(asked, forecast), ROWS).get_page(request.GET.get("page"))
    holdings = list(page)
    people = people_shown([one.member_id for one in holdings], to=request.user, page="lapsing")
    renewals, levels = renewals_of(holdings, on=forecast.on), {level.pk: level for level in asked.levels}
    keeps_levels = access.holds(request.user, Right.KEEP_LEVELS)
    shown = {
        "asked": asked, "forecast": forecast, "page": page, "total": page.paginator.count,
        "query": f"{asked.query()}&", "sums": _sums(asked, forecast), "months": _months(forecast),
        "by_level": [(levels[pk], n) for pk, n in forecast.by_level().most_common() if pk in levels],
        "by_unit": [(place, _unit_query(asked, place.unit)) for place in places_of(forecast, asked.months)],
        "lines": [(people[one.member_id], levels.get(one.level_id), one, renewals[one]) for one in holdings],
        "keeps_levels": keeps_levels, "extend": _extend_address(asked, forecast),
    }  # fmt: skip
    return render(request, "courses/tracks/lapsing.html", shown)


def _sums(asked: Asked, forecast: Forecast) -> list[dict[str, Any]]:
    return [
        {
            "number": len(forecast.within(months)),
            "label": _("within %(n)d months") % {"n": months},
            "url": f"?{asked.query(months=months)}",
            "is_current": months == asked.months,
        }
        for months in DISTANCES
    ]


def _months(forecast: Forecast) -> dict[str, Any]:
    """The months as bars, and the sentence that says it all."""
    months = forecast.months()
    most = max(months, key=lambda month: month.number)
    total = len(forecast.holdings)
    words = ngettext("%(n)d level lapses within a year", "%(n)d levels lapse within a year", total) % {"n": total}
    if most.number:
        words = _("%(words)s, most of them in the month that begins %(day)s") % {
            "words": words,
            "day": long_date(most.first),
        }
    bars = [{"month": one, "x": 4 + place * 46, "y": 112 - one.share} for place, one in enumerate(months)]
    return {"bars": bars, "label": words, "width": 4 + len(months) * 46, "total": total}


def _unit_query(asked: Asked, unit: Unit | None) -> str:
    is_other = unit is not None and unit.pk != asked.unit.pk and any(unit.pk == one.pk for one in asked.units)
    return f"?{asked.query(unit=unit.public_id)}" if unit is not None and is_other else ""


def _extend_address(asked: Asked, forecast: Forecast) -> str:
    rows = forecast.within(asked.months)
    told = {"unit": str(asked.unit.public_id), "level": asked.level.key if asked.level else ""}
    if rows:
        told |= {"lapsing_from": forecast.on.isoformat(), "last": rows[-1].until.isoformat()}
    return f"{reverse('extensions')}?{urlencode({name: value for name, value in told.items() if value})}"


@require_POST
@login_required
@step_up
def lapsing_as_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """The list as a spreadsheet. Sent, not opened: it is written down."""
    asked = asked_of(request.user, request.GET)
    if kind not in KINDS:
        raise Http404
    forecast = _forecast(asked, request.user)
    data = forecast_file(forecast, rows_of(asked, forecast), kind=kind, by=request.user)
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="lapsing-{forecast.on.isoformat()}.{kind}"'
    return response


@require_POST
@login_required
def remind(request: SignedInRequest) -> HttpResponse:
    """Tell those of the list that their level lapses: as a job."""
    asked = asked_of(request.user, request.GET)
    remind_them(unit=asked.unit, level=asked.level, months=asked.months, by=request.user)
    messages.success(request, _("They are being told. Whoever was told at this distance before is not told again."))
    return redirect(f"{reverse('lapsing')}?{asked.query()}")
