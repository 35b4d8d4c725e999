"""Tracks and levels: founded, and worded anew. What a level requires is written in ``drafting``."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.progression.models import Level, Track
from courses.tracks.reach import demand_adopting
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.wording import Wording

MOST_LEVELS = 9
"""A ladder of more steps than this is two ladders."""


@transaction.atomic
def found_track(*, key: str, title: Wording, purpose: Wording, by: Member | None) -> Track:
    """Found a track, with no level yet. Raises ValidationError at ``key`` when another track has it."""
    demand_adopting(by)
    if Track.objects.filter(key=key).exists():
        raise ValidationError({"key": _("Another track has this key. Choose another one.")})
    last = Track.objects.aggregate(last=Max("order"))["last"] or 0
    track = Track.objects.create(key=key, title=dict(title), purpose=dict(purpose), order=last + 1)
    record_act("found_track", by=by, subject=subject_key("track", track.key), title=track.title)
    return track


@transaction.atomic
def word_track(*, track: Track, title: Wording, purpose: Wording, by: Member | None) -> Track:
    """Call a track something else, or say better what it is for. Its key and its levels stay."""
    demand_adopting(by)
    before = {"title": track.title, "purpose": track.purpose}
    track.title, track.purpose = dict(title), dict(purpose)
    track.save(update_fields=["title", "purpose"])
    record_act("word_track", by=by, subject=subject_key("track", track.key), before=before)
    return track


@transaction.atomic
def add_level(
    *, track: Track, key: str, title: Wording, display_name: Wording, purpose: Wording, by: Member | None
) -> Level:
    """Put a level on top of a track: ``key`` is the part after the track's. It requires nothing yet.

    Raises ValidationError at ``key`` when the track has it already, or has as many levels as a ladder can bear.
    """
    demand_adopting(by)
    Track.objects.select_for_update().get(pk=track.pk)
    whole = f"{track.key}.{key}"
    if Level.objects.filter(key=whole).exists():
        raise ValidationError({"key": _("The track has a level with this key. Choose another one.")})
    last = track.levels.aggregate(last=Max("order"))["last"] or 0
    if last >= MOST_LEVELS:
        raise ValidationError(_("A track has at most %(most)d levels.") % {"most": MOST_LEVELS})
    level = Level.objects.create(
        track=track,
        key=whole,
        order=last + 1,
        title=dict(title),
        display_name=dict(display_name),
        purpose=dict(purpose),
    )
    record_act("add_level", by=by, subject=subject_key("level", level.key), title=level.title)
    return level


@transaction.atomic
def word_level(*, level: Level, title: Wording, display_name: Wording, purpose: Wording, by: Member | None) -> Level:
    """Call a level something else, or say better what it is. What it requires, and who holds it, stays."""
    demand_adopting(by)
    before = {"title": level.title, "display_name": level.display_name, "purpose": level.purpose}
    level.title, level.display_name, level.purpose = dict(title), dict(display_name), dict(purpose)
    level.save(update_fields=["title", "display_name", "purpose"])
    record_act("word_level", by=by, subject=subject_key("level", level.key), before=before)
    return level
