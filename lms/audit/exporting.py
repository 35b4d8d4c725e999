"""What the trail adds to a person's own copy: what they did, what was done to them, who saw them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, Q

from lms.audit.models import Entry, Sighting, SightingOf, subject_key
from lms.privacy.gathering import ANOTHER, YOU, plain
from lms.privacy.registry import Portion, register_exporter


def acts_of(person: Model) -> Portion:
    """Exporter: every act by the person or upon them. Others who acted are not named."""
    own = person.public_id  # type: ignore[attr-defined]
    about = Entry.objects.filter(Q(actor=own) | Q(subject=subject_key("member", own)))
    rows = [
        {"at": plain(e.at), "act": e.act, "who": _who(e.actor, own), "upon": e.subject, "details": e.details}
        for e in about.order_by("pk")
    ]
    return Portion("answer who did what to whom", rows)


def sightings_of(person: Model) -> Portion:
    """Exporter: when others were shown the person, or got them in an export, and on which page."""
    own = person.public_id  # type: ignore[attr-defined]
    seen = SightingOf.objects.filter(subject=own).select_related("sighting").order_by("sighting")
    rows = [_shown(row.sighting) for row in seen]
    return Portion("answer who saw or exported my data", rows)


def looked_at(person: Model) -> Portion:
    """Exporter: when the person was shown data of others; whom it was about is theirs, not the person's."""
    rows = [_shown(row) for row in Sighting.objects.filter(actor=person.public_id)]  # type: ignore[attr-defined]
    return Portion("answer who saw or exported whose data", rows)


def _shown(row: Sighting) -> Mapping[str, Any]:
    return {"at": plain(row.at), "act": row.act, "page": row.page, "by": str(row.actor)}


def _who(actor: object, own: object) -> str:
    return YOU if actor == own else ANOTHER if actor else "the program"


def register() -> None:
    """Say so, once, at start."""
    register_exporter("audit.acts", acts_of)
    register_exporter("audit.seen_by_others", sightings_of)
    register_exporter("audit.looked_at_others", looked_at)
