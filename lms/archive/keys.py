"""What leads from a person to their row in a file: nothing but a secret in the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice

from lms.archive.models import ArchiveKey

AT_A_TIME = 5_000
SECRET_BYTES, PSEUDONYM_BYTES = 16, 8


def pseudonym(secret: bytes, name: str) -> bytes:
    """A person's number in the file called ``name``. Without the secret two files cannot be tied together."""
    return blake2b(name.encode(), digest_size=PSEUDONYM_BYTES, key=bytes(secret)).digest()


def make_keys(member_ids: Iterable[int]) -> int:
    """Draw a secret for people who have none. The caller names those; who got one meanwhile keeps it."""
    made = 0
    for ids in _portions(member_ids):
        rows = [ArchiveKey(member_id=pk, secret=secrets.token_bytes(SECRET_BYTES)) for pk in ids]
        made += len(ArchiveKey.objects.bulk_create(rows, ignore_conflicts=True))
    return made


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while portion := list(islice(left, AT_A_TIME)):
        yield portion
