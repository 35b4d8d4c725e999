"""What the pages on tracks show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from courses.progression.engine import Finding, State, check
from courses.progression.explain import sentence
from courses.progression.models import Award, Level, LevelRule, Track
from courses.progression.record import MemberRecord
from courses.progression.trees import trees_of
from lms.members.models import Member
from lms.organisation.models import Membership
from lms.periods import today


@dataclass(frozen=True, slots=True)
class LevelShown:
    """A level with the rule in force, what is decided to come, and the draft that waits."""

    level: Level
    rule: LevelRule | None
    coming: LevelRule | None
    draft: LevelRule | None


@dataclass(frozen=True, slots=True)
class TrackShown:
    """A track with its levels, lowest first."""

    track: Track
    levels: list[LevelShown]


@dataclass(frozen=True, slots=True)
class Version:
    """One rule a level has had, and how many awards were given by it."""

    rule: LevelRule
    awards: int


def tracks_shown(*, on: dt.date | None = None) -> list[TrackShown]:
    """Every track that is not archived, with its levels and their rules. Three queries."""
    tracks = list(Track.objects.filter(archived_at=None).prefetch_related("levels"))
    levels = [level for track in tracks for level in track.levels.all()]
    shown = {one.level.pk: one for one in levels_shown(levels, on=on)}
    return [TrackShown(track, [shown[level.pk] for level in track.levels.all()]) for track in tracks]


def levels_shown(levels: Iterable[Level], *, on: dt.date | None = None) -> list[LevelShown]:
    """Levels with the rules that concern them on a day. One query."""
    day, asked = on or today(), list(levels)
    rules: dict[int, list[LevelRule]] = {level.pk: [] for level in asked}
    for rule in LevelRule.objects.filter(level__in=asked).order_by("valid_from", "pk"):
        rules[rule.level_id].append(rule)
    return [_level(level, rules[level.pk], day) for level in asked]


def _level(level: Level, rules: list[LevelRule], day: dt.date) -> LevelShown:
    adopted = [rule for rule in rules if rule.adopted_at is not None]
    return LevelShown(
        level,
        rule=next((rule for rule in reversed(adopted) if day in rule.period), None),
        coming=next((rule for rule in adopted if rule.valid_from > day), None),
        draft=next((rule for rule in rules if rule.adopted_at is None), None),
    )


def versions_of(level: Level) -> list[Version]:
    """Every rule a level has had or will have by decision, newest first, with its awards. One query."""
    rows = LevelRule.objects.adopted().filter(level=level).order_by("-valid_from")
    return [Version(rule, rule.number) for rule in rows.annotate(number=Count("awards"))]


def in_one_sentence(rule: LevelRule) -> str:
    """What the rule asks, as somebody reads it who has nothing of it yet; "" when it asks nothing."""
    finding: Finding = check(trees_of(rule).required, MemberRecord(0, today()))
    return sentence(finding) if finding.state != State.MET else ""


def holders_by_older_rules(rule: LevelRule) -> int:
    """How many hold the level today by another rule than this one. One query."""
    held = Award.objects.valid_on(today()).filter(level=rule.level_id)
    by_this = held.filter(rule=rule).values("member")
    return held.exclude(member__in=by_this).values("member").distinct().count()


def units_of(members: Iterable[Member]) -> dict[int, str]:
    """Where people belong today, by name. One query."""
    ids = [member.pk for member in members]
    return dict(Membership.objects.on(today()).filter(member__in=ids).values_list("member", "unit__name"))
