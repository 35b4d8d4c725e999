"""The framework as it is shown: areas in order, the competences in each, and what every level means.

What several frameworks say at once is shown as one. It is read often and changed seldom, so it
is kept; ``forget_framework`` is called when a row of it changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from lms.competences.models import Area, Competence, Entry, Framework, FrameworkVersion
from lms.keeping import forget, kept
from lms.periods import today
from lms.wording import Wording, in_language

SUBJECT = "competences"


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A competence as it is shown: its name, and what each of its five levels means."""

    key: str
    number: int
    title: Wording
    descriptors: tuple[Wording, ...]
    area: str = ""

    def __str__(self) -> str:
        return in_language(self.title)


@dataclass(frozen=True, slots=True)
class AreaShown:
    """A branch of the framework and the competences in it, in order."""

    key: str
    title: Wording
    entries: tuple[EntryShown, ...]

    def __str__(self) -> str:
        return in_language(self.title)


@dataclass(frozen=True, slots=True)
class FrameworkShown:
    """What is mapped on a date. ``scale``: the five names of the levels; ``known``: also what is asked no longer."""

    areas: tuple[AreaShown, ...] = ()
    scale: tuple[Wording, ...] = ()
    known: Mapping[str, EntryShown] = field(default_factory=dict)

    @property
    def entries(self) -> list[EntryShown]:
        """Every competence in force, in order."""
        return [entry for area in self.areas for entry in area.entries]

    def entry(self, key: str) -> EntryShown:
        """One competence, also one that is no longer asked for. Raises LookupError when there never was one."""
        return self.known[key]

    def level_name(self, level: int) -> str:
        """What a level is called in the reader's language; the figure when nobody has named it."""
        return in_language(self.scale[level]) if level < len(self.scale) else str(level)


def framework_on(day: dt.date | None = None) -> FrameworkShown:
    """The framework in force on a date (today). Kept: no query when it is warm."""
    on = day or today()
    return kept(f"framework-{on}", SUBJECT, lambda: _read(on))


def numbers() -> dict[str, int]:
    """The place of each competence in a profile, by key. Kept."""
    return kept("numbers", SUBJECT, lambda: dict(Competence.objects.values_list("key", "number")))


def _read(day: dt.date) -> FrameworkShown:
    versions = list(FrameworkVersion.objects.on(day).order_by("framework__key", "number"))
    in_force = {version.pk for version in versions}
    places: dict[int, tuple[Area, list[EntryShown]]] = {}
    earlier: dict[str, EntryShown] = {}
    asked: dict[str, EntryShown] = {}
    for row in Entry.objects.select_related("competence", "area").order_by("version__number", "order", "pk"):
        shown = EntryShown(
            row.competence.key, row.competence.number, row.title, tuple(row.descriptors), area=row.area.key
        )
        earlier[shown.key] = shown
        if row.version_id in in_force:
            asked[shown.key] = shown
            places.setdefault(row.area_id, (row.area, []))[1].append(shown)
    order = {version.framework_id: place for place, version in enumerate(versions)}
    areas = sorted(places.values(), key=lambda pair: (order[pair[0].framework_id], pair[0].order, pair[0].pk))
    scale = next((tuple(version.scale) for version in versions if version.scale), ())
    return FrameworkShown(
        tuple(AreaShown(area.key, area.title, tuple(own)) for area, own in areas), scale, earlier | asked
    )


def forget_framework(**_: object) -> None:
    """Forget what is kept, when the change is committed."""
    transaction.on_commit(partial(forget, SUBJECT), robust=True)


def watch_rows() -> None:
    """Listen to the rows the framework is made of; at start."""
    models: tuple[type[Model], ...] = (Framework, FrameworkVersion, Area, Competence, Entry)
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(forget_framework, sender=model, dispatch_uid=f"forget-framework-{model.__name__}")
