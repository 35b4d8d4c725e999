"""How long the trail is kept, and who saw whom."""

from __future__ import annotations

import datetime as dt

from lms.audit.models import Entry, Sighting
from lms.privacy.retention import Rule, register_retention


def forget_acts(before: dt.datetime) -> int:
    """Delete acts written before then."""
    count, _by_model = Entry.objects.filter(at__lt=before).delete()
    return count


def forget_sightings(before: dt.datetime) -> int:
    """Delete who saw whom before then. Returns how many times somebody looked."""
    _count, by_model = Sighting.objects.filter(at__lt=before).delete()
    return by_model.get(Sighting._meta.label, 0)


def register() -> None:
    """Say so, once, at start."""
    trail, seen = "acts upon others, rights, content and certificates", "who saw or exported whose data"
    register_retention(Rule("trail", trail, days=730, floor=365, ceiling=365 * 5, purge=forget_acts))
    register_retention(Rule("sightings", seen, days=730, floor=365, ceiling=365 * 5, purge=forget_sightings))
