"""Files to download: what is wrong, and what an import did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _

from lms.register.diff import NOTES, Decision
from lms.register.models import RegisterImport
from lms.register.queries import lines_of
from lms.register.wording import decision_label, field_label, problem_text

AT_A_TIME = 2_000
MOST_IN_XLSX = 20_000
"""Above it the report is CSV only: a workbook of that size takes longer to write than one waits."""
TOLD = (Decision.NEW, Decision.CHANGED, Decision.LEAVING)


def error_rows(register_import: RegisterImport) -> Iterator[Sequence[object]]:
    """Row, column, value as written, what would be right."""
    yield _("Row"), _("Column"), _("Value"), _("What would be right")
    headers = register_import.headers
    for problem in register_import.problems.all().iterator(chunk_size=AT_A_TIME):
        column = headers.get(problem.field, "") or field_label(problem.field)
        yield problem.row, column, problem.value, problem_text(problem)


def report_rows(register_import: RegisterImport) -> Iterator[Sequence[object]]:
    """One line for each person new or leaving, for each thing that changed of a person, and for each that is noted."""
    yield (
        _("Row"),
        field_label("number").capitalize(), field_label("name").capitalize(), field_label("unit").capitalize(),
        _("Outcome"), _("What changes"), _("Before"), _("After"),
    )  # fmt: skip
    told = Q(decision__in=TOLD) | Q(before__has_any_keys=NOTES)
    rows = register_import.staged.filter(told).order_by("pk").iterator(chunk_size=AT_A_TIME)
    while part := list(islice(rows, AT_A_TIME)):
        for line in lines_of(part):
            person = (line.row or "", line.number, line.name, line.unit, decision_label(line.decision))
            for change in line.changes if line.decision == Decision.CHANGED else ():
                yield *person, change.label, change.before, change.after
            if line.decision in (Decision.NEW, Decision.LEAVING):
                yield *person, "", "", ""
            for note in line.notes:
                yield *person[:4], decision_label(note), "", "", ""
