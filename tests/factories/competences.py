"""Frameworks, competences and evidence, made the way the services make them."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from lms.competences.framework import SUBJECT
from lms.competences.models import Area, BodyNeed, Competence, Entry, Evidence, Framework, FrameworkVersion, OfficeNeed
from lms.competences.services import NewEvidence, record_evidence
from lms.keeping import forget
from lms.members.models import Member
from lms.organisation.models import Body
from tests.factories.organisation import LONG_AGO

_number = count(1)


def make_competence(key: str = "money.budget", **fields: Any) -> Competence:
    """A competence in a framework in force; the same one when it is asked for again."""
    found = Competence.objects.filter(key=key).first()
    if found is not None:
        return found
    framework, _ = Framework.objects.get_or_create(key="tillitsvalgt-1", defaults={"title": {"nb": "Rammeverk"}})
    version, _ = FrameworkVersion.objects.get_or_create(
        framework=framework, number=1, defaults={"decision": "Landsstyret 1/18", "valid_from": LONG_AGO}
    )
    branch = key.split(".", maxsplit=1)[0]
    area, _ = Area.objects.get_or_create(framework=framework, key=branch, defaults={"title": {"nb": branch}})
    number = Competence.objects.count()
    competence = Competence.objects.create(framework=framework, key=key, number=number, **fields)
    Entry.objects.create(
        version=version,
        competence=competence,
        area=area,
        order=number,
        title={"nb": key, "en": key},
        descriptors=[{"nb": f"{key} på nivå {level}"} for level in range(5)],
    )
    forget(SUBJECT)
    return competence


def make_need(key: str = "money.budget", *, office: str = "chair", level: int = 2, unit_kind: str = "") -> OfficeNeed:
    """That an office needs a competence at a level."""
    return OfficeNeed.objects.create(
        office_key=office, competence=make_competence(key), level=level, unit_kind=unit_kind, valid_from=LONG_AGO
    )


def make_body_need(
    key: str = "money.budget", *, level: int = 2, least: int = 2, kind: str = Body.Kind.BOARD
) -> BodyNeed:
    """That a kind of body needs a competence together."""
    return BodyNeed.objects.create(
        body_kind=kind, competence=make_competence(key), level=level, least=least, valid_from=LONG_AGO
    )


def make_evidence(
    member: Member,
    *,
    kind: str = Evidence.Kind.COURSE,
    key: str | None = "money.budget",
    level: int | None = 2,
    on: dt.date = dt.date(2026, 3, 14),
    **fields: Any,
) -> Evidence:
    """A row of the ledger. ``key``: the competence it proves, None for none."""
    competence = make_competence(key) if key else None
    row = NewEvidence(
        member_id=member.pk,
        kind=kind,
        key=fields.pop("row_key", f"{kind}:{next(_number)}"),
        on=on,
        competence_id=competence.pk if competence else None,
        level=level,
        **fields,
    )
    return record_evidence(rows=[row], by=None)[0]
