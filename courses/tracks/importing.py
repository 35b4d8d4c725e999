"""Earlier awards from a file: brought, looked over, applied as a whole or let go.

The file itself is never kept; its rows are, for seven days at most, and then they are gone.
"""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.progression.models import Award, Level
from courses.progression.queries import adopted_rules
from courses.progression.services import record_awards
from courses.tracks.earlier import Earlier, Outcome, columns_of, read_row
from courses.tracks.matching import match_rows
from courses.tracks.models import AwardImport
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.periods import today
from lms.privacy.retention import Rule, register_retention
from lms.sheets import SheetError, read_sheet

KEPT_DAYS = 7
MOST_ROWS = 10_000
LONGEST_SOURCE = 120


class UnclearColumns(Exception):
    """The file has no column for what is needed. ``missing``: which; ``headers``: those it has."""

    def __init__(self, missing: list[str], headers: list[str]) -> None:
        super().__init__("columns are missing")
        self.missing, self.headers = missing, headers


class NotReady(Exception):
    """Something is wrong with a row, nothing is new, or the file was applied already: nothing was changed."""


def receive_awards(*, file: BinaryIO, name: str, level: Level, source: str, by: Member) -> AwardImport:
    """Read a file of earlier awards of a level, to be looked over. Nothing is awarded.

    Raises PermissionDenied unless ``by`` keeps levels somewhere, SheetError and UnclearColumns
    for a file that cannot be read, ValidationError without a source or a rule of the level.
    """
    access.demand(by, Right.KEEP_LEVELS)
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        raise ValidationError({"source": _("Write where they were given, in a few words.")})
    if not adopted_rules(level):
        raise ValidationError({"level": _("This level has no adopted rule yet, so nothing says how long it lasts.")})
    rows = _read(file, name)
    match_rows(rows, level=level, by=by)
    return AwardImport.objects.create(level=level, by=by, source=source.strip(), rows=[row.told() for row in rows])


def _read(file: BinaryIO, name: str) -> list[Earlier]:
    sheet = read_sheet(file, name)
    at, missing = columns_of(sheet.headers)
    if missing:
        raise UnclearColumns(missing, [header for header in sheet.headers if header])
    rows: list[Earlier] = []
    day = today()
    for row in sheet.rows:
        if len(rows) >= MOST_ROWS:
            words = _("%(name)s has more than %(most)s rows. Divide it into several files.")
            raise SheetError(words % {"name": name, "most": MOST_ROWS})
        cells = {column: row.cells[place] for column, place in at.items() if place < len(row.cells)}
        rows.append(read_row(row.number, cells, surplus=row.surplus, today=day))
    if not rows:
        raise SheetError(_("%(name)s has a header, but no rows below it.") % {"name": name})
    return rows


def rows_of(found: AwardImport) -> list[Earlier]:
    """The rows as they were read and looked up."""
    return [Earlier(**row) for row in found.rows]


@transaction.atomic
def apply_awards(*, found: AwardImport, by: Member) -> list[Award]:
    """Record what the file says, all of it or nothing: who it means is looked up again first.

    Raises PermissionDenied unless it is one's own and one keeps levels still; NotReady when a
    row is wrong by now, nothing in it is new, or it was applied before. Then nothing changes
    but the rows, which say what is wrong.
    """
    row = AwardImport.objects.select_for_update().get(pk=found.pk)
    _demand_own(row, by)
    if row.applied_at is not None:
        raise NotReady
    rows = [_as_written(one) for one in rows_of(row)]
    match_rows(rows, level=row.level, by=by)
    if any(one.outcome == Outcome.WRONG for one in rows) or not any(one.outcome == Outcome.NEW for one in rows):
        raise NotReady
    new = [one for one in rows if one.outcome == Outcome.NEW]
    members = Member.objects.in_bulk({one.member for one in new if one.member})
    people = [(members[one.member], one.on) for one in new if one.member]
    awards = record_awards(level=row.level, people=people, by=by, source=row.source)
    row.rows, row.applied_at = [one.told() for one in rows], timezone.now()
    row.save(update_fields=["rows", "applied_at"])
    subject = subject_key("level", row.level.key)
    record_act("import_awards", by=by, subject=subject, people=len(awards), file=str(row.public_id))
    return awards


def _as_written(row: Earlier) -> Earlier:
    """A row without what was looked up about it; one that was wrong by itself stays so."""
    day = today()
    cells = {"number": row.number, "name": row.name, "day": row.day or row.value}
    return read_row(row.row, cells, surplus=int(row.right) if row.wrong == "surplus" else 0, today=day)


def look_up_again(*, found: AwardImport, by: Member) -> AwardImport:
    """Look up anew whom the rows mean, after applying was refused."""
    _demand_own(found, by)
    rows = [_as_written(one) for one in rows_of(found)]
    match_rows(rows, level=found.level, by=by)
    found.rows = [one.told() for one in rows]
    found.save(update_fields=["rows"])
    return found


def drop_import(*, found: AwardImport, by: Member) -> None:
    """Let a file go. What was recorded by it stays."""
    _demand_own(found, by)
    found.delete()


def _demand_own(found: AwardImport, by: Member) -> None:
    access.demand(by, Right.KEEP_LEVELS)
    if found.by_id != by.pk:
        raise PermissionDenied("whoever brought the file applies it")


def forget_imports(before: dt.datetime) -> int:
    """Delete the rows of files that were brought before a moment. Returns how many files."""
    return AwardImport.objects.filter(made_at__lt=before).delete()[0]


def register() -> None:
    """Say how long they are kept, once, at start."""
    about = "files of earlier awards, waiting to be looked over"
    register_retention(Rule("award_imports", about, days=KEPT_DAYS, floor=1, ceiling=KEPT_DAYS, purge=forget_imports))
