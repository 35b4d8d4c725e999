"""What the page of one import shows: the sums, one list at a time, and what may be done."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.audit.services import record_sighting
from lms.members.models import Member
from lms.register.cells import Wrong
from lms.register.columns import Field
from lms.register.diff import EMAIL_STAYS, LEFT, NOTES, Decision
from lms.register.models import RegisterImport, RowProblem, StagedRow
from lms.register.queries import lines_of, offices_ending, staged_with, unknown_units
from lms.register.reports import MOST_IN_XLSX, TOLD
from lms.register.wording import field_label, problem_text

ROWS = 50
State = RegisterImport.State
OFFICES, ERRORS = "offices", "errors"


def shown_of(row: RegisterImport, *, to: Member, show: str, page: str | None) -> dict[str, Any]:
    """Everything the template of an import needs. Whoever is named in it is written into the trail."""
    offices = offices_ending(row) if row.counts.get(Decision.LEAVING) else offices_ending(row).none()
    sums = _sums(row, offices.count() if row.counts.get(Decision.LEAVING) else 0)
    kinds = [one["show"] for one in sums]
    chosen = show if show in kinds else _first(row, sums)
    for one in sums:
        one["is_current"] = one["show"] == chosen
    shown: dict[str, Any] = {"sums": sums, "show": chosen, "query": f"show={chosen}&", "is_own": row.by_id == to.pk}
    listed: QuerySet[Any] = (
        row.problems.all() if chosen == ERRORS else offices if chosen == OFFICES else staged_with(row, chosen)
    )
    found = Paginator(listed, ROWS).get_page(page)
    shown |= {"page": found, "can_confirm": row.state == State.WAITING and row.by_id != to.pk}
    shown["left_out_query"] = urlencode([("header", header) for header in row.left_out])
    shown["is_small"] = sum(row.counts.get(kind, 0) for kind in TOLD) <= MOST_IN_XLSX
    if chosen == ERRORS:
        return shown | _errors(row, list(found))
    record_sighting(by=to, page="register_import", of=_named(found, row))
    return shown | {
        "terms" if chosen == OFFICES else "lines": list(found) if chosen == OFFICES else lines_of(list(found))
    }


def _sums(row: RegisterImport, offices: int) -> list[dict[str, Any]]:
    """The counts, each of which is also a choice of what is listed."""
    numbers = {**row.counts, OFFICES: offices}
    wanted: list[str] = [Decision.NEW, Decision.CHANGED, Decision.UNCHANGED]
    if row.is_whole:
        wanted[2:2] = [Decision.LEAVING, OFFICES]
    if row.counts.get(ERRORS):
        wanted = [ERRORS, *wanted[:2]]
    wanted += [note for note in NOTES if row.counts.get(note)]
    return [
        {"number": number, "label": _label(kind, number), "url": f"?show={kind}", "show": str(kind)}
        for kind, number in ((kind, numbers.get(kind, 0)) for kind in wanted)
    ]


def _label(kind: str, number: int) -> str:
    """What so many of a kind are, as it is read after the number."""
    words = {
        Decision.NEW: ngettext("is new", "are new", number),
        Decision.CHANGED: ngettext("has changed", "have changed", number),
        Decision.LEAVING: ngettext("person leaves", "people leave", number),
        OFFICES: ngettext("office ends", "offices end", number),
        Decision.UNCHANGED: ngettext("is unchanged", "are unchanged", number),
        ERRORS: ngettext("row with errors", "rows with errors", number),
        LEFT: _("left by their own act here; not brought back"),
        EMAIL_STAYS: ngettext(
            "keeps the e-mail: no account yet, and rights you do not hold",
            "keep the e-mail: no account yet, and rights you do not hold",
            number,
        ),
    }
    return words[kind]


def _first(row: RegisterImport, sums: list[dict[str, Any]]) -> str:
    """What is listed before anything is chosen: those who leave where that is the question, else what is there."""
    if row.state == State.WAITING:
        return Decision.LEAVING.value
    return next((one["show"] for one in sums if one["number"]), sums[0]["show"])


def _named(page: Page[Any], row: RegisterImport) -> list[uuid.UUID]:
    """The people a page names who are known here."""
    people = [one.member for one in page if one.member is not None]
    new = [one.public_id for one in page if isinstance(one, StagedRow) and one.decision == Decision.NEW]
    return [person.public_id for person in people] + (new if row.state == State.APPLIED else [])


def _errors(row: RegisterImport, problems: list[RowProblem]) -> dict[str, Any]:
    headers = row.headers
    return {
        "errors": [
            {
                "row": one.row,
                "column": headers.get(one.field, "") or field_label(one.field) or _("the whole row"),
                "value": one.value,
                "is_kept_back": one.field == Field.BIRTH_YEAR and one.kind != Wrong.MISSING,
                "text": problem_text(one),
            }
            for one in problems
        ],
        "unknown": [{"value": one.value, "rows": rows, "text": problem_text(one)} for one, rows in unknown_units(row)],
    }
