"""Films and episodes of a lesson, as their reader meets them.

What is played was decided when the lesson was published, so the page's own blocks of these
kinds need not be opened (that would ask the database for each recording).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courses.catalogue.models import LessonPage
from courses.catalogue.reading import ACTIVITY_KINDS, block_key
from courses.curriculum.kinds import PLAYED_KINDS
from courses.curriculum.outlines import Lesson
from lms.members.models import Member
from media.playback.player import Player, player_for
from media.playback.queries import seen_by
from media.recordings.queries import shown_recordings


@dataclass(frozen=True, slots=True)
class Played:
    """One film or episode in its place; without a player when its recording has nothing to play."""

    kind: str
    anchor: str
    player: Player | None


def played_parts(page: LessonPage, lesson: Lesson, member: Member | None) -> dict[int, Played]:
    """Place in the body → what is played there. One query for a member, none for a stranger (warm)."""
    language = page.locale.language_code
    by_key = {item.activity_key: item for item in lesson.items if item.kind in PLAYED_KINDS}
    blocks = {
        place: raw
        for place, raw in enumerate(page.body.raw_data)
        if ACTIVITY_KINDS.get(raw["type"]) in PLAYED_KINDS and raw.get("id") and block_key(raw["id"]) in by_key
    }
    chosen = {place: by_key[block_key(raw["id"])].recording_in(language) for place, raw in blocks.items()}
    shown = shown_recordings([pk for pk in chosen.values() if pk])
    seen = seen_by(member, shown) if member else {}
    found = {}
    for place, raw in blocks.items():
        recording = shown.get(chosen[place] or 0)
        anchor = f"a{block_key(raw['id']).hex[:8]}"
        player = recording and player_for(
            recording,
            title=raw["value"].get("title", ""),
            anchor=anchor,
            language=language,
            seen=seen.get(recording.id),
            can_play=member is not None or recording.is_open,
            counts=member is not None,
        )
        found[place] = Played(ACTIVITY_KINDS[raw["type"]], anchor, player or None)
    return found


def draft_player(block: Any, language: str) -> Player | None:
    """The player of a draft: it plays, and nothing is counted."""
    recording = block.value["recording"]
    shown = shown_recordings([recording.pk]).get(recording.pk) if recording else None
    if shown is None:
        return None
    title, anchor = block.value["title"], f"a{block_key(block.id or 'new').hex[:8]}"
    return player_for(shown, title=title, anchor=anchor, language=language, seen=None, can_play=True, counts=False)
