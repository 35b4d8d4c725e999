"""The framework that Tillit brings: from the files in ``defaults/`` to rows. Safe to do twice; edits are left alone."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.competences.models import Area, BodyNeed, Competence, Entry, Framework, FrameworkVersion, OfficeNeed
from lms.competences.tasks import ask_to_rebuild
from lms.members.models import Member
from lms.organisation.models import Unit
from lms.periods import today

DEFAULTS = Path(__file__).parent / "defaults"
HIGHEST = 4


def read_defaults(name: str) -> dict[str, Any]:
    """One file of ``defaults/``."""
    return tomllib.loads((DEFAULTS / name).read_text(encoding="utf-8"))


@transaction.atomic
def load_framework(*, by: Member | None, since: dt.date | None = None) -> int:
    """Bring in the framework for officers, and what each office and a board needs, from ``since`` (today) on.

    Only what is not there is made: a name, a level or a need that somebody has changed stays as
    they left it. Returns how many rows are new. Whoever calls checks the right.
    """
    day, told = since or today(), read_defaults("framework.toml")
    framework, is_new = Framework.objects.get_or_create(key=told["key"], defaults={"title": told["title"]})
    made = int(is_new)
    version = FrameworkVersion.objects.filter(framework=framework).order_by("number").last()
    if version is None:
        version = FrameworkVersion.objects.create(
            framework=framework,
            number=told["number"],
            decision=told["decision"],
            scale=told["scale"],
            valid_from=day,
        )
        made += 1
        made += _load_entries(framework, version, told["areas"])
    made += _load_needs(read_defaults("needs.toml"), day)
    if made:
        ask_to_rebuild(version)
        record_act("load_framework", by=by, subject=subject_key("framework", framework.key), rows=made)
    return made


def _load_entries(framework: Framework, version: FrameworkVersion, areas: list[dict[str, Any]]) -> int:
    made = 0
    for order, area in enumerate(areas, start=1):
        place, _ = Area.objects.get_or_create(
            framework=framework, key=area["key"], defaults={"order": order, "title": area["title"]}
        )
        for position, told in enumerate(area["competences"], start=1):
            competence, _ = Competence.objects.get_or_create(
                key=told["key"],
                defaults={
                    "framework": framework,
                    "number": told["number"],
                    "fades_after_months": told.get("fades_after_months"),
                    "fades_by": told.get("fades_by", Competence.FadesBy.PROOF),
                },
            )
            Entry.objects.create(
                version=version,
                competence=competence,
                area=place,
                order=position,
                title=told["title"],
                descriptors=told["levels"],
            )
            made += 1
    return made


def _load_needs(told: dict[str, Any], day: dt.date) -> int:
    """What offices need, and a board together: only where nothing has been said of the office, or of boards."""
    by_key = {competence.key: competence for competence in Competence.objects.all()}
    said = set(OfficeNeed.objects.values_list("office_key", flat=True))
    needs = []
    for office, need in told["offices"].items():
        if office in said:
            continue
        levels, urgent = dict(need["levels"]), set(need["urgent"])
        more = {kind: told["more"].get(kind, {}).get(office, []) for kind in (Unit.Kind.MUNICIPAL, Unit.Kind.COUNTY)}
        rows = [("", key, level) for key, level in levels.items()]
        rows += [(kind, key, min(levels.get(key, 0) + 1, HIGHEST)) for kind, keys in more.items() for key in keys]
        needs += [
            OfficeNeed(
                office_key=office,
                competence=by_key[key],
                level=level,
                is_urgent=key in urgent,
                unit_kind=kind,
                valid_from=day,
            )
            for kind, key, level in rows
        ]
    OfficeNeed.objects.bulk_create(needs)
    together = []
    if not BodyNeed.objects.exists():
        together = [
            BodyNeed(competence=by_key[key], level=need["level"], least=need["least"], valid_from=day)
            for need in told["board"]
            for key in need["competences"]
        ]
        BodyNeed.objects.bulk_create(together)
    return len(needs) + len(together)
