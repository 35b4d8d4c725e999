"""Parts of a page that rooms above add when they start; and those of a person's page: levels, certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise

from lms.members.models import Member

Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Section(Generic[Of]):
    """One part: its heading, the template that draws it, and what it is given.

    ``query``: (whose or what page, who reads, on which day) → what the template is given, or
    None: nothing to show this reader.
    """

    order: int
    title: str | Promise
    template: str
    query: Callable[[Of, Member, dt.date], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as shown to one reader."""

    title: str | Promise
    template: str
    given: dict[str, Any]


class Sections(Generic[Of]):
    """The parts of one kind of page. Adding the same template again replaces it."""

    def __init__(self) -> None:
        self._known: dict[str, Section[Of]] = {}

    def add(self, section: Section[Of]) -> None:
        """Add a part."""
        self._known[section.template] = section

    def shown(self, subject: Of, *, reader: Member, on: dt.date) -> list[Shown]:
        """The parts that have something for this reader, in order."""
        parts = sorted(self._known.values(), key=lambda part: part.order)
        asked = ((part, part.query(subject, reader, on)) for part in parts)
        return [Shown(part.title, part.template, given) for part, given in asked if given is not None]


Query = Callable[[Member, Member, dt.date], dict[str, Any] | None]
_of_person: Sections[Member] = Sections()


def register_section(order: int, title: str | Promise, template: str, query: Query) -> None:
    """Add a part to the page of a person; registering the same template again replaces it."""
    _of_person.add(Section(order, title, template, query))


def sections_of(member: Member, *, reader: Member, on: dt.date) -> list[Shown]:
    """The parts of a person's page that have something for this reader, in order."""
    return _of_person.shown(member, reader=reader, on=on)
