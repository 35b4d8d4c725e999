"""The ledger of the erased: rows in the database, and the same ids in a file beside it.

A restored backup brings back both the people and a ledger that has not heard of them. The file
is not in the database and is not restored with it; ``replay_erasures`` reads both.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from pathlib import Path

from django.conf import settings

from lms.privacy.models import Erased


def remember_erased(*, public_id: uuid.UUID, on: dt.date) -> Erased:
    """Write an erasure down, in the transaction of the erasure. Twice is once."""
    return Erased.objects.get_or_create(public_id=public_id, defaults={"erased_on": on})[0]


def erased_ids() -> set[uuid.UUID]:
    """Everybody who was erased, by the rows and by the file."""
    return set(Erased.objects.values_list("public_id", flat=True)) | set(_in_file())


def keep_file_in_line() -> int:
    """Append to the file what the rows have and it has not. Returns how many. Nothing where no file is set."""
    path = _path()
    if path is None:
        return 0
    known = set(_in_file())
    missing = [row for row in Erased.objects.order_by("pk") if row.public_id not in known]
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.writelines(f"{row.public_id} {row.erased_on.isoformat()}\n" for row in missing)
            file.flush()
            os.fsync(file.fileno())
    return len(missing)


def _in_file() -> list[uuid.UUID]:
    path = _path()
    if path is None or not path.exists():
        return []
    words = (line.split() for line in path.read_text(encoding="ascii", errors="replace").splitlines())
    return [found for first in words if first and (found := _id(first[0])) is not None]


def _id(text: str) -> uuid.UUID | None:
    """An id; a line cut short by a crash is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _path() -> Path | None:
    return Path(settings.TILLIT_ERASED_FILE) if settings.TILLIT_ERASED_FILE else None
