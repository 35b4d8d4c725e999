"""What is not a field: files, caches, sessions, things found by an opaque id. Rooms register theirs when they start.

An eraser takes away what its room holds of a person beside the declared fields; an exporter
gathers it for the person's own copy. Both get the person's row while it is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Portion:
    """One part of a person's own copy: rows as they are shown, and files by name."""

    purpose: str
    rows: Sequence[Mapping[str, Any]] = ()
    files: Iterable[tuple[str, bytes]] = ()


Erase = Callable[[Model], int]
"""(person) → how many things were taken away. In the transaction; what is outside the database waits for the commit."""
Gather = Callable[[Model], Portion]

_erasers: dict[str, Erase] = {}
_exporters: dict[str, Gather] = {}


def register_eraser(name: str, erase: Erase) -> None:
    """Make an eraser known. Raises ValueError when two rooms use one name."""
    if _erasers.get(name, erase) is not erase:
        raise ValueError(f"two erasers are called {name}")
    _erasers[name] = erase


def register_exporter(name: str, gather: Gather) -> None:
    """Make an exporter known. ``name`` is the kind of rows in the copy. Raises ValueError when it is taken."""
    if _exporters.get(name, gather) is not gather:
        raise ValueError(f"two exporters are called {name}")
    _exporters[name] = gather


def erasers() -> Iterator[tuple[str, Erase]]:
    """Every eraser, by name."""
    return iter(sorted(_erasers.items()))


def exporters() -> Iterator[tuple[str, Gather]]:
    """Every exporter, by name."""
    return iter(sorted(_exporters.items()))
