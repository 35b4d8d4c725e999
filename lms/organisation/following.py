"""What a reorganisation means for the rows of rooms above: each says so when it starts.

A follower has three parts: what it will say in the preview (counts and sentences, never a
change), what it does when the reorganisation is applied, in the same transaction, and how it
is undone. What hangs on people (enrolments, results, awards) follows by itself and needs no
follower; what hangs on a unit or on an office in a unit does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Passage:
    """What a follower is told: the day, who took over from whom, and which bodies go on as which.

    ``heirs``: closed or split unit → the units that took over, the one with everybody else first.
    ``people``: (from, to) → the members who move. While a preview is shown, units and bodies that
    do not exist yet have numbers below zero.
    """

    on: dt.date
    heirs: Mapping[int, Sequence[int]]
    people: Mapping[tuple[int, int], Sequence[int]] = field(default_factory=dict)
    bodies: Mapping[int, int] = field(default_factory=dict)


Remember = Callable[[str, int, Mapping[str, Any], Mapping[str, Any]], None]
"""(table, row, before, after): a line of the ledger, given back to ``undo``."""
Line = tuple[str, int, Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Follower:
    """One room's answer. ``undo`` gets the lines it remembered, last first.

    ``tables``: what a table it remembers is, by the name of its model (``courses.thing``). Such
    rows are brought back at undo, and so do not stand in its way, whatever unit they came to hang on.
    """

    name: str
    title: Word
    preview: Callable[[Passage], Sequence[Word]]
    apply: Callable[[Passage, Remember], None] | None = None
    undo: Callable[[Sequence[Line]], None] | None = None
    tables: Mapping[str, str] = field(default_factory=dict)


_followers: dict[str, Follower] = {}


def register_follower(follower: Follower) -> None:
    """Say what a reorganisation means for one's rows; the same name again replaces it."""
    _followers[follower.name] = follower


def followers() -> list[Follower]:
    """Everybody who has something to say, in the order they started."""
    return list(_followers.values())
