"""The file while it waits to be read: its known columns only, in private storage that no address leads to."""

from __future__ import annotations

import hashlib
import json
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage

from lms.sheets import Row

FOLDER = "private/register"
"""Below the uploads. Pictures are the only uploads with an address of their own; the rest is sent by views."""
Line = tuple[int, int, list[str | None]]


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of a file as it came."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def keep_rows(rows: Iterable[Row], places: Sequence[int], *, most: int) -> tuple[str, int]:
    """Write the cells at ``places`` of each row; returns where, and how many rows. Nothing else is ever stored.

    Raises OverflowError above ``most`` rows, and then keeps nothing.
    """
    count = 0
    with tempfile.TemporaryFile("w+b") as draft:
        for count, row in enumerate(rows, start=1):
            if count > most:
                raise OverflowError(count)
            cells = [row.cells[place] if place < len(row.cells) else None for place in places]
            told = [row.number, row.surplus, [] if row.surplus else cells]
            draft.write(json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
        draft.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.jsonl", File(draft)), count


def kept_rows(path: str) -> Iterator[Line]:
    """The rows again: number, surplus, cells."""
    with default_storage.open(path, "rb") as file:
        for line in file:
            yield cast("Line", tuple(json.loads(line)))


def forget_file(path: str) -> None:
    """Delete it; nothing happens when it is gone already."""
    if path:
        default_storage.delete(path)
