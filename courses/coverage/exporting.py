"""The overview as files: the table that is shown, and the whole matrix, person by person, as it streams."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.coverage.asking import GROUPS, Asked
from courses.coverage.people import people_of
from courses.coverage.queries import Cell, Overview
from courses.progression.models import Award, Level
from lms.audit.models import Sighting, subject_key
from lms.audit.services import record_act, record_sighting_of_all
from lms.competences.framework import framework_on
from lms.members.models import Member
from lms.organisation.models import Membership, Unit
from lms.paper.flow import Flow
from lms.periods import today
from lms.sheets import is_formula, write_csv, write_xlsx

AT_A_TIME = 2_000
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What tells a spreadsheet that the file is UTF-8."""
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


# ---- what is shown -------------------------------------------------------------------
def table_file(found: Overview, asked: Asked, *, kind: str, by: Member) -> bytes:
    """The tables of a unit's page, as CSV, XLSX or PDF. They name nobody and hide what the page hides."""
    record_act(
        "export_coverage", by=by, subject=subject_key("unit", asked.unit.public_id), month=f"{found.month:%Y-%m}"
    )
    title = _("Overview of %(unit)s") % {"unit": asked.unit.name}
    if kind == "pdf":
        return _paper(found, asked, title)
    rows = list(_rows(found, asked))
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title=title)


def _rows(found: Overview, asked: Asked) -> Iterator[list[object]]:
    yield [_("Month"), _("Unit"), _("About"), _("Whom"), _("People"), _("Hold it"), _("Lapsed")]
    first = [f"{found.month:%Y-%m}", asked.unit.name]
    for line in found.levels:
        for word, cell, lapsed in zip(GROUPS.values(), line.cells, line.lapsed, strict=True):
            yield [*first, line.title, str(word), cell.people, said(cell), said(lapsed)]
    for branch in found.branches:
        for line in branch.lines:
            about = _("%(competence)s, at least level %(level)s") % {"competence": line.title, "level": asked.least}
            yield [*first, about, asked.group_word, line.cells[0].people, said(line.cells[0]), ""]
    for part in found.parts:
        for line, cell in zip(found.levels, part.cells, strict=False):
            yield [first[0], part.name, line.title, asked.group_word, cell.people, said(cell), ""]


def said(cell: Cell) -> object:
    """A number, or that it is too small to be shown."""
    return _("too few to be shown") if cell.reached is None else cell.reached


def _paper(found: Overview, asked: Asked, title: str) -> bytes:
    flow = Flow(title=title, language=(get_language() or "nb").split("-")[0], made_on=today())
    flow.heading(title, 1)
    flow.paragraph(_("As counted on %(day)s.") % {"day": f"{found.counted_on:%d.%m.%Y}"})
    for line in found.levels:
        flow.heading(line.title)
        for word, cell in zip(GROUPS.values(), line.cells, strict=True):
            flow.paragraph(f"{word}: {_in_words(cell)}")
    for branch in found.branches:
        flow.heading(branch.title)
        for line in branch.lines:
            flow.paragraph(f"{line.title}: {_in_words(line.cells[0])}")
    if found.parts:
        flow.heading(_("Unit by unit"))
        for part in found.parts:
            told = (f"{line.title} {_in_words(cell)}" for line, cell in zip(found.levels, part.cells, strict=False))
            flow.paragraph(f"{part.name}: {', '.join(told)}")
    flow.paragraph(
        _("Fewer than five people are never shown, and no more can be worked out from the rest."), quiet=True
    )
    return flow.finished()


def _in_words(cell: Cell) -> str:
    if cell.reached is None:
        return str(_("too few to be shown"))
    return str(
        _("%(share)s %% (%(reached)s of %(people)s)")
        % {"share": cell.share, "reached": cell.reached, "people": cell.people}
    )


# ---- person by person ----------------------------------------------------------------
def matrix_lines(unit: Unit, *, by: Member) -> Iterator[bytes]:
    """Everybody in a unit and below, with every level, as CSV, a portion at a time.

    ``unit`` is one whose people ``by`` sees: the caller has asked. That they were exported is
    written down before any of it is given. Three queries for each 2,000.
    """
    day = today()
    framework = framework_on(day)
    entries, levels = framework.entries, list(Level.objects.order_by("track__order", "track", "order"))
    head = [_("Name"), _("Unit"), *(str(entry) for entry in entries), *(str(level) for level in levels)]
    yield (MARK + csv_line(head)).encode()
    people = people_of(unit, on=day)
    record_sighting_of_all(by=by, page="competence_matrix", of=people, act=Sighting.Act.EXPORTED)
    ids = list(people.order_by("pk").values_list("pk", flat=True))
    names = dict(Unit.objects.values_list("pk", "name"))
    numbers = [entry.number for entry in entries]
    for start in range(0, len(ids), AT_A_TIME):
        yield _portion(ids[start : start + AT_A_TIME], numbers, [level.pk for level in levels], names, day)


def _portion(
    ids: Sequence[int], numbers: Sequence[int], levels: Sequence[int], names: dict[int, str], day: dt.date
) -> bytes:
    rows = list(Member.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name", "profile__levels"))
    belong = Membership.objects.on(day).filter(member__in=ids).order_by("-status", "valid_from", "pk")
    homes = dict(belong.values_list("member", "unit"))
    held = set(Award.objects.valid_on(day).filter(member__in=ids).values_list("member", "level"))
    width = max(numbers, default=-1) + 1
    out = []
    for pk, name, stands in rows:
        digits = bytes(stands or b"").ljust(width, b"\0").translate(_DIGITS).decode("ascii")
        cells = [digits[number] for number in numbers]
        cells += ["1" if (pk, level) in held else "0" for level in levels]
        out.append(f"{csv_cell(name)};{csv_cell(names.get(homes.get(pk, 0), ''))};{';'.join(cells)}\r\n")
    return "".join(out).encode()


_DIGITS = bytes(48 + level if level < 10 else 48 for level in range(256))


def csv_line(cells: Sequence[str]) -> str:
    """One line of a file that streams."""
    return ";".join(csv_cell(cell) for cell in cells) + "\r\n"


def csv_cell(text: str) -> str:
    """A text that stays text in a spreadsheet, whatever it begins with."""
    text = f"'{text}" if is_formula(text) else text
    if not any(mark in text for mark in ';"\r\n'):
        return text
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="").writerow([text])
    return out.getvalue()
