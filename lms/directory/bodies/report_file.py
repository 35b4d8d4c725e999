"""The report of bodies as a file. It names no person; that it was taken out is on the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.directory.bodies.listing import fillings
from lms.directory.bodies.report_composition import Line, Lines, composition_report
from lms.members.models import Member
from lms.organisation.models import Body
from lms.organisation.words import KIND_WORDS
from lms.periods import today
from lms.sheets import write_csv, write_xlsx

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report_file(lines: Lines, bodies: Iterable[Body], *, what: str, kind: str, on: dt.date, by: Member) -> bytes:
    """The bodies, or how they are composed, as CSV or XLSX. ``lines`` is what ``by`` sees: the caller has asked."""
    rows = list(_composed(lines, on) if what == "composition" else _listed(list(bodies), on))
    record_act(
        "export_bodies_report", by=by, subject=subject_key("report", what), day=on.isoformat(), rows=len(rows) - 1
    )
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title=_("Boards and other bodies"))


def _listed(bodies: list[Body], on: dt.date) -> Iterator[list[object]]:
    yield [
        _("Unit"), _("Number"), _("Body"), _("Kind"), _("Authority"), _("Seats today"), _("Held"), _("Vacant today"),
        _("Since"),
    ]  # fmt: skip
    filled = fillings(bodies, on=on)
    is_today = on == today()
    for body in bodies:
        fill = filled[body.pk]
        yield [
            body.unit.name, body.unit.code, body.name, str(KIND_WORDS[body.kind]), body.authority, fill.seats,
            fill.held, fill.vacant if is_today else "", body.valid_from,
        ]  # fmt: skip


def _composed(lines: Lines, on: dt.date) -> Iterator[list[object]]:
    report = composition_report(lines, on=on, now=today())
    yield [
        _("As of"),
        _("Kind"),
        _("County"),
        _("Bodies"),
        _("People"),
        _("Women"),
        _("Under 40"),
        pgettext("people", "New"),
    ]
    kind = ""
    for line in report.lines:
        kind = line.label if line.depth == 1 else kind
        place = ["", ""] if line.depth == 0 else [kind, line.label if line.depth == 2 else ""]
        yield [report.day, *place, line.bodies, line.seated, *_numbers(line)]


def _numbers(line: Line) -> list[object]:
    few = _("too few to be shown")
    return [few if number is None else number for number in line.said.values()]
