"""A person's own copy: one ZIP with JSON, the schema it follows, a sheet per kind, and their files."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.utils import timezone

from lms.members.models import Member
from lms.privacy.gathering import Kept, gather
from lms.privacy.schema import FORMAT, VERSION, schema
from lms.sheets import write_csv

README = """This is everything we hold of you.

data.json    everything, as JSON; schema.json says what each field is and what it is for
sheets/      the same, one sheet (CSV) for each kind of thing
files/       your own files, such as certificates
"""
_SAFE = re.compile(r"[^\w.-]+")


def write_copy(*, member: Member, file: IO[bytes]) -> Iterator[str]:
    """Write the copy into ``file``, kind by kind; yields the name of each kind as it is done."""
    told: list[dict[str, Any]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for kept in gather(member):
            told.append(_written(archive, kept))
            yield kept.kind
        archive.writestr("data.json", _json(_whole(member, told)))
        archive.writestr("schema.json", _json(schema()))
        archive.writestr("README.txt", README)


def _written(archive: zipfile.ZipFile, kept: Kept) -> dict[str, Any]:
    """Put one kind's sheet and files into the archive; returns what data.json says of it."""
    files = [f"files/{_SAFE.sub('-', name)}" for name, _content in kept.files]
    for path, (_name, content) in zip(files, kept.files, strict=True):
        archive.writestr(path, content)
    if kept.rows:
        archive.writestr(f"sheets/{_SAFE.sub('-', kept.kind)}.csv", write_csv(_sheet(kept)))
    told = {"kind": kept.kind, "purposes": kept.purposes, "keep": kept.keep}
    return {**told, "rows": [dict(row) for row in kept.rows], "files": files}


def _sheet(kept: Kept) -> Iterator[list[object]]:
    """One line per row; what is not text or a number is written as JSON."""
    names = list(dict.fromkeys(name for row in kept.rows for name in row))
    yield list(names)
    for row in kept.rows:
        yield [_cell(row.get(name)) for name in names]


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else value


def _whole(member: Member, kinds: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "person": str(member.public_id),
        "kinds": kinds,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
