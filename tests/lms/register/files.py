"""Small files as registers bring them, and the way through an import without pages."""

from __future__ import annotations

import io
from collections.abc import Sequence

from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.register.models import RegisterImport
from lms.register.services import receive_file, request_apply
from lms.sheets import write_xlsx

HEADER = "Medlemsnummer;Navn;E-post;Enhet"


def bring(text: str | bytes, *, by: Member | None = None, is_whole: bool = False, name: str = "medlemmer.csv") -> RegisterImport:  # fmt: skip  # noqa: E501
    """Take a file in and read it; what it says stands ready, or is refused."""
    data = text.encode() if isinstance(text, str) else text
    row = receive_file(file=io.BytesIO(data), name=name, is_whole=is_whole, by=by)
    run_waiting()
    row.refresh_from_db()
    return row


def bring_and_apply(text: str | bytes, *, by: Member | None = None, is_whole: bool = False) -> RegisterImport:
    """The same, and apply it."""
    row = bring(text, by=by, is_whole=is_whole)
    assert row.state == RegisterImport.State.READY, problems_of(row)
    request_apply(register_import=row, by=by)
    run_waiting()
    row.refresh_from_db()
    return row


def register(*rows: str, header: str = HEADER) -> str:
    """A CSV file."""
    return "\n".join([header, *rows]) + "\n"


def xlsx(*rows: Sequence[object], header: str = HEADER) -> bytes:
    """The same as XLSX."""
    return write_xlsx([header.split(";"), *rows], title="Medlemmer")


def problems_of(row: RegisterImport) -> list[tuple[int, str, str, str]]:
    """Row, field, value and kind of everything that is wrong."""
    return list(row.problems.values_list("row", "field", "value", "kind"))


def counted(row: RegisterImport) -> tuple[int, ...]:
    """New, changed, unchanged, leaving, errors."""
    return tuple(row.counts[name] for name in ("new", "changed", "unchanged", "leaving", "errors"))
