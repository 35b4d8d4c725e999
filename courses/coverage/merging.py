"""Two records of one person in the long memory: the kept record's rows go on, the absorbed one's stay as they were."""

from __future__ import annotations

from collections.abc import Iterator

from lms.archive.models import ArchiveKey
from lms.merging.registry import Rows, register_rule
from lms.merging.steps import Change, Pair


def keys_stay(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Change]:
    """Each record keeps its own secret: months that are written are not written anew by a merge.

    Erasing the person erases the absorbed record too, and so the rows of both.
    """
    yield from ()


def register() -> None:
    """Say so, once, at start."""
    register_rule(ArchiveKey, keys_stay)
