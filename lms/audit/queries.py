"""Who saw a person, and what was done to them: the trail read from the other end."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField, F, Value

from lms.audit.models import Entry, Sighting, SightingOf

ACT = "act"


@dataclass(frozen=True, slots=True)
class Mention:
    """One line of the trail about a person: when, who (None is the program itself), how, and where.

    ``how`` is ``saw`` or ``exported``, and ``where`` the page; or ``how`` is ``act`` and ``where``
    the act.
    """

    at: dt.datetime
    actor: uuid.UUID | None
    how: str
    where: str

    @property
    def is_act(self) -> bool:
        """Whether something was done, not only seen."""
        return self.how == ACT

    @property
    def is_export(self) -> bool:
        """Whether it left the house in a file."""
        return self.how == Sighting.Act.EXPORTED


def mentions_of(
    ids: Collection[uuid.UUID], keys: Collection[str], *, start: int = 0, most: int = 100
) -> tuple[list[Mention], bool]:
    """Lines about a person, newest first, and whether there are more. One query.

    ``ids`` are the public ids the person has had, ``keys`` the stable keys of what is theirs
    (themselves, their certificates). What they did themselves is left out.
    """
    seen = SightingOf.objects.filter(subject__in=ids).exclude(sighting__actor__in=ids).order_by()
    acts = Entry.objects.filter(subject__in=keys).exclude(actor__in=ids).order_by()
    how = Value(ACT, output_field=CharField())
    lines = seen.annotate(
        when=F("sighting__at"), who=F("sighting__actor"), how=F("sighting__act"), place=F("sighting__page"), row=F("pk")
    ).values_list("when", "who", "how", "place", "row")
    more = acts.annotate(when=F("at"), who=F("actor"), how=how, place=F("act"), row=F("pk"))
    rows = lines.union(more.values_list("when", "who", "how", "place", "row"), all=True).order_by("-when", "-row")
    found = [Mention(at, who, how, place) for at, who, how, place, _ in rows[start : start + most + 1]]
    return found[:most], len(found) > most
