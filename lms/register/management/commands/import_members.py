"""``manage.py import_members FILE``: apply a file of the member register, and wait until it is done."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, no_translations

from lms.jobs.models import Job
from lms.jobs.services import run_job
from lms.register import services
from lms.register.columns import UnclearColumns
from lms.register.diff import NOTES
from lms.register.models import RegisterImport
from lms.register.wording import decision_label, field_label, problem_text, unclear_text
from lms.sheets import SheetError

COUNTED = ("new", "changed", "unchanged", "leaving", "errors")
SHOWN = 20
REFUSED, NEEDS_SECOND, UNFINISHED = 1, 3, 4
State = RegisterImport.State


class Command(BaseCommand):
    """The installation itself imports: it keeps the register of every unit.

    Ends with 0 when the file is applied (or could be, with --dry-run), 1 when it is refused
    and nothing was applied, 2 when it was called wrongly, 3 when so many would leave that an
    administrator must confirm it on the page, 4 when the work was stopped before it was done.
    """

    help = "Import a CSV, XLSX or ODS file of the member register: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--whole", action="store_true", help="the whole register: people who are not in it leave")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--json", action="store_true", help="the last line is the counts as JSON")

    @no_translations
    def handle(self, *, file: Path, whole: bool, dry_run: bool, **options: Any) -> None:
        self.as_json = options["json"]
        row = self._received(file, whole)
        try:
            self._wait(services.READ, row)
            if row.state == State.REFUSED:
                self._tell_problems(row)
                self._refuse(row, "Nothing was applied. Put these right in the register and take the file out again.")
            if not dry_run:
                self._apply(row)
        finally:
            if dry_run:
                row.refresh_from_db()
                services.discard_trial(register_import=row)
        self._tell(row, "This would happen; nothing was changed." if dry_run else "Applied.")

    def _received(self, file: Path, whole: bool) -> RegisterImport:
        try:
            with file.open("rb") as opened:
                return services.receive_file(file=opened, name=file.name, is_whole=whole, by=None)
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}", returncode=2) from error
        except SheetError as error:
            self._refuse(None, str(error))
        except UnclearColumns as unclear:
            self._refuse(None, _said_of_columns(unclear))

    def _apply(self, row: RegisterImport) -> None:
        job = services.request_apply(register_import=row, by=None)
        if job is not None:
            self._wait(services.APPLY, row)
        row.refresh_from_db()
        if row.state == State.WAITING:
            self._tell(
                row, "Not applied: more than a tenth would leave. An administrator confirms it on the page of imports."
            )
            raise SystemExit(NEEDS_SECOND)
        if row.state == State.REFUSED:
            self._tell_problems(row)
            self._refuse(row, "Nothing was applied: something has changed since the file was read.")

    def _wait(self, kind: str, row: RegisterImport) -> None:
        """Do the job here, or wait for the worker that was faster."""
        job = Job.objects.filter(key__startswith=f"{kind}:{row.public_id}").latest("pk")
        while not job.is_over:
            if not run_job(job_id=job.pk):
                time.sleep(0.2)
            job.refresh_from_db()
        if job.state != Job.State.DONE:
            raise CommandError(
                f"The work was stopped: {job.message or job.state}. Nothing was applied.", returncode=UNFINISHED
            )
        row.refresh_from_db()

    def _tell_problems(self, row: RegisterImport) -> None:
        for problem in row.problems.all()[:SHOWN]:
            column = row.headers.get(problem.field, "") or field_label(problem.field)
            self.stderr.write(f"row {problem.row}, {column or 'whole row'}: {problem.value!r}: {problem_text(problem)}")
        if (more := row.problems.count() - SHOWN) > 0:
            self.stderr.write(f"… and {more} more.")

    def _refuse(self, row: RegisterImport | None, words: str) -> NoReturn:
        self.stderr.write(words)
        self._tell(row, "")
        raise SystemExit(REFUSED)

    def _tell(self, row: RegisterImport | None, words: str) -> None:
        counts = (
            {name: row.counts.get(name, 0) for name in COUNTED} if row else {**dict.fromkeys(COUNTED, 0), "errors": 1}
        )
        if self.as_json:
            self.stdout.write(json.dumps(counts))
            return
        if words:
            self.stdout.write(words)
        for name, count in counts.items():
            self.stdout.write(f"{count:>9,}  {name}")
        for note in NOTES:
            if row and row.counts.get(note):
                self.stdout.write(f"{row.counts[note]:>9,}  {decision_label(note)}")


def _said_of_columns(unclear: UnclearColumns) -> str:
    """What is wrong with the header, and what would be right."""
    headers = ", ".join(repr(header) for header in unclear.headers[:20])
    needs = "A file needs medlemsnummer (member number), navn (name) and enhet (unit). Its columns"
    return "\n".join([*(f"Row 1: {line}" for line in unclear_text(unclear)), f"{needs}: {headers}."])
