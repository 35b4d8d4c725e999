"""Reading a file that was taken in: staged, counted, and the file itself deleted."""

from __future__ import annotations

from django.db import transaction

from lms.jobs.lease import Claimed
from lms.periods import today
from lms.register.applying import counts_of
from lms.register.models import RegisterImport
from lms.register.staging import open_desk, read_all
from lms.register.storage import forget_file

State = RegisterImport.State


def read_import(*, register_import: RegisterImport, claim: Claimed) -> dict[str, int]:
    """Read a file into staging; it then stands ready, or is refused with its errors. Safe to begin again."""
    if register_import.state != State.READING:
        return dict(register_import.counts)
    wrong = read_all(register_import, open_desk(register_import, on=today()), claim)
    with transaction.atomic():
        claim.advance(done=register_import.rows)
        row = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
        if row.state != State.READING:  # dropped meanwhile
            return dict(row.counts)
        path, row.file = row.file, ""
        row.counts = counts_of(row) | {"errors": wrong}
        row.state = State.REFUSED if wrong else State.READY
        row.save(update_fields=["file", "counts", "state"])
        transaction.on_commit(lambda: forget_file(path))
    return dict(row.counts)
