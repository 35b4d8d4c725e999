"""The forecast as a file: everybody in it by name, written down as exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from courses.progression.models import Level
from courses.tracks.forecast import Forecast
from courses.tracks.lapses import Holding
from courses.tracks.people_shown import people_shown
from courses.tracks.renewals import renewals_of
from lms.audit.models import Sighting
from lms.members.models import Member
from lms.sheets import write_csv, write_xlsx
from lms.wording import in_language

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def forecast_file(forecast: Forecast, holdings: Sequence[Holding], *, kind: str, by: Member) -> bytes:
    """The rows a reader sees, as CSV or XLSX; written down as exported before it is given."""
    rows = _lines(forecast, holdings, by)
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title=_("Lapses soon"))


def _lines(forecast: Forecast, holdings: Sequence[Holding], by: Member) -> Iterator[list[object]]:
    ids = [one.member_id for one in holdings]
    people = people_shown(ids, to=by, page="lapsing", act=Sighting.Act.EXPORTED, on=forecast.on)
    levels = {level.pk: level for level in Level.objects.select_related("track")}
    renewals = renewals_of(holdings, on=forecast.on)
    yield [
        _("Member number"), _("Name"), _("Unit"), _("Track"), _("Level"), _("Lapses"), _("Begun"), _("Shortest way"),
        _("Minutes"),
    ]  # fmt: skip
    for one in holdings:
        person, level, renewal = people[one.member_id], levels[one.level_id], renewals[one]
        if person.member is None:
            continue
        minutes = renewal.path.minutes if renewal.path else None
        yield [
            person.member.member_number, person.member.name, person.unit, str(level.track),
            in_language(level.display_name), one.until, _("yes") if renewal.is_begun else _("no"), renewal.words(),
            minutes,
        ]  # fmt: skip
