"""What a row means for the person it is about: new, changed, unchanged, or not for this importer to say. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from lms.register.cells import Problem, Said, Wrong
from lms.register.columns import Field
from lms.register.models import StagedRow

Decision = StagedRow.Decision
FIELDS = ("name", "email", "language", "birth_year", "gender", "postal_code")
MEMBER = "member"
LEFT, EMAIL_STAYS = "left", "email_stays"
NOTES = (LEFT, EMAIL_STAYS)
"""Marks in ``before`` of what a file says and is not done: bringing back who left by their own act; an e-mail."""
MOST_LEAVING = 0.10
"""A whole register in which more than every tenth is missing is more often the wrong file than the truth."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A membership of the day."""

    unit: int
    status: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known today of the person who has a number.

    ``standings``: where they belong today, the newest first. ``is_kept``: whether all of that,
    or where they belonged last, is in the importer's scope. ``has_left``: by their own act, which
    is theirs alone to undo. ``keeps_email``: they carry rights that the importer does not hold,
    and have no account yet, so that a letter to another address would hand those rights over.
    """

    id: int
    name: str = ""
    email: str = ""
    language: str = "nb"
    birth_year: int | None = None
    gender: str = ""
    postal_code: str = ""
    standings: tuple[Standing, ...] = ()
    is_kept: bool = True
    has_left: bool = False
    keeps_email: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The meaning of a row. ``before``: the fields that change, as they are now; ``becomes``: status after it."""

    decision: str
    member_id: int | None = None
    moves: bool = False
    becomes: str = MEMBER
    before: Mapping[str, object] = field(default_factory=dict)
    problem: Problem | None = None


def decide(said: Said, fact: Fact | None, *, noughts: str = "", merged: tuple[Wrong, str] | None = None) -> Decided:
    """What a row means.

    ``noughts``: a number somebody has that differs only by the noughts before it. ``merged``:
    that the number was somebody's whose record was merged away, and what is said of it.
    """
    if fact is None:
        if merged:
            return Decided("", problem=Problem(said.row, Field.NUMBER, said.number, *merged))
        if noughts:
            return Decided("", problem=Problem(said.row, Field.NUMBER, said.number, Wrong.NOUGHTS, noughts))
        return Decided(Decision.NEW, moves=True, becomes=said.status or MEMBER)
    if not fact.is_kept:
        return Decided("", problem=Problem(said.row, Field.NUMBER, said.number, Wrong.PERSON_FOREIGN))
    if fact.has_left:
        return Decided(Decision.UNCHANGED, fact.id, becomes=said.status or MEMBER, before={LEFT: True})
    now = fact.standings[0] if fact.standings else None
    status = said.status or (now.status if now else MEMBER)
    wanted = Standing(said.unit_id, status)
    moves = fact.standings != (wanted,)
    before = {name: getattr(fact, name) for name in FIELDS if differs(getattr(said, name), getattr(fact, name))}
    notes = {EMAIL_STAYS: True} if fact.keeps_email and before.pop("email", None) is not None else {}
    if moves:
        before["unit"] = now.unit if now else None
        before["status"] = now.status if now else ""
    return Decided(Decision.CHANGED if before else Decision.UNCHANGED, fact.id, moves, status, before | notes)


def differs(said: object, known: object) -> bool:
    """Whether the file says something else. None says nothing; a blank year is written 0."""
    return said is not None and (said or None) != (known or None)


def needs_second(leaving: int, people: int) -> bool:
    """Whether so many of so many leaving takes a second administrator."""
    return leaving > people * MOST_LEAVING


def with_noughts(number: str, widths: Collection[int]) -> list[str]:
    """The same number with other noughts before it, as numbers of these widths would be written."""
    if not number.isdigit():
        return []
    bare = number.lstrip("0") or "0"
    forms = {bare, *(bare.zfill(width) for width in widths)}
    return sorted(forms - {number})
