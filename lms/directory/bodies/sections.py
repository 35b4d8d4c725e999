"""Parts of a body's page that rooms above add when they start: what it can together, its plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from lms.directory.bodies.sight import Place
from lms.directory.sections import Section, Sections, Shown
from lms.members.models import Member

Query = Callable[[Place, Member, dt.date], dict[str, Any] | None]
"""(the body and what the reader is to it, who reads, today) → what the template is given, or None: nothing to show."""
_of_body: Sections[Place] = Sections()


def register_body_section(order: int, title: str | Promise, template: str, query: Query) -> None:
    """Add a part to the page of a body as it is today; registering the same template again replaces it."""
    _of_body.add(Section(order, title, template, query))


def sections_of_body(place: Place, *, reader: Member, on: dt.date) -> list[Shown]:
    """The parts of a body's page that have something for this reader, in order."""
    return _of_body.shown(place, reader=reader, on=on)
