"""The tree of units: built from rows, narrowed by a search. Pure: no database, no clock."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lms.members.names import name_key


@dataclass(frozen=True, slots=True)
class Counts:
    """How many belong to a unit: ``own`` members directly; ``members``, ``sympathisers`` with all below, each once."""

    own: int = 0
    members: int = 0
    sympathisers: int = 0


@dataclass(slots=True)
class Branch:
    """A unit on a day, with those under it. ``counts`` None: not for this reader to know."""

    pk: int
    public_id: uuid.UUID
    code: str
    name: str
    kind: str
    known_as: frozenset[str] = frozenset()
    counts: Counts | None = None
    under: list[Branch] = field(default_factory=list)
    is_open: bool = False
    is_found: bool = False
    once_called: str = ""

    @property
    def key(self) -> str:
        """What it is sorted by."""
        return name_key(self.name)


def grow(branches: Iterable[Branch], parents: Mapping[int, int]) -> list[Branch]:
    """The tops of the tree, each with what stands under it, by name; a unit whose parent is not there is a top."""
    ordered = sorted(branches, key=lambda branch: (branch.key, branch.pk))
    by_id = {branch.pk: branch for branch in ordered}
    tops: list[Branch] = []
    for branch in ordered:
        above = by_id.get(parents.get(branch.pk, 0))
        (above.under if above else tops).append(branch)
    for top in tops:
        top.is_open = True
    return tops


def open_to_own(tops: Iterable[Branch]) -> bool:
    """Open what lies above the reader's own units, and these themselves, so that they are seen at once."""
    has_own = False
    for branch in tops:
        beneath = branch.counts is None and open_to_own(branch.under)
        branch.is_open = branch.is_open or beneath or branch.counts is not None
        has_own = has_own or branch.is_open
    return has_own


def narrow(tops: list[Branch], asked: str) -> list[Branch]:
    """The tree with only what was asked for and the lines above it, opened down to what was found."""
    wanted, code = name_key(asked), asked.strip().casefold()
    kept = [branch for branch in tops if _keep(branch, wanted, code)]
    return kept if wanted else tops


def _keep(branch: Branch, wanted: str, code: str) -> bool:
    """Whether a branch or anything under it is what was asked for; what is not falls away."""
    branch.is_found = wanted in branch.key or branch.code.casefold() == code
    if not branch.is_found:
        branch.once_called = next((name for name in sorted(branch.known_as) if _is(name, wanted, code)), "")
        branch.is_found = bool(branch.once_called)
    under = [one for one in branch.under if _keep(one, wanted, code)]
    if under or not branch.is_found:
        branch.under = under
    branch.is_open = bool(under)
    return branch.is_found or bool(under)


def _is(name: str, wanted: str, code: str) -> bool:
    return wanted in name_key(name) or name.casefold() == code


def walk(tops: Iterable[Branch]) -> Iterator[Branch]:
    """Every branch, from the top down."""
    for branch in tops:
        yield branch
        yield from walk(branch.under)
