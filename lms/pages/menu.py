"""Menu entries that rooms above register when they start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, and for whom (``is_for`` None: everybody signed in).

    ``also``: further beginnings of addresses it stands for, besides its own.
    """

    order: int
    label: str | Promise
    address: str
    icon: str
    is_for: Callable[[HttpRequest], bool] | None = None
    also: tuple[str, ...] = ()


_entries: list[Entry] = []


def register_entry(entry: Entry) -> None:
    """Add an entry to the main menu."""
    _entries.append(entry)
    _entries.sort(key=lambda e: e.order)


def entries_for(request: HttpRequest) -> list[Entry]:
    """The entries this reader is shown, in order."""
    return [entry for entry in _entries if entry.is_for is None or entry.is_for(request)]


def current_of(entries: Sequence[Entry], path: str) -> Entry | None:
    """The one entry a page belongs under: the longest beginning wins, and an entry's own address wins a tie."""
    begun = [
        (len(beginning), beginning == entry.address, -at)
        for at, entry in enumerate(entries)
        for beginning in (entry.address, *entry.also)
        if path.startswith(beginning)
    ]
    return entries[-max(begun)[2]] if begun else None


@dataclass(frozen=True, slots=True)
class Bell:
    """Where one's notices are, and how many are unread."""

    address: Callable[[], str]
    unread: Callable[[Any], int]


_bells: list[Bell] = []


def register_bell(bell: Bell) -> None:
    """Hang up the bell; the room of notices does so when it starts."""
    _bells[:] = [bell]


def bell() -> Bell | None:
    """The bell, when there is one."""
    return _bells[0] if _bells else None
