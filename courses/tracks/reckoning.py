"""What adopting a draft would change for people: gathered a thousand at a time, decided by the engine alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from courses.progression.engine import check
from courses.progression.gathering import Gathered, gather
from courses.progression.giving import RENEWED, Step, decide
from courses.progression.models import LevelRule
from courses.progression.record import Given, HeldLevel, MemberRecord
from courses.progression.rules import AllOf
from courses.progression.trees import step_of, trees_of
from courses.tracks import reasons
from courses.tracks.models import PreviewLine
from lms.wording import Wording

Outcome = PreviewLine.Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """A draft, what the rule in force requires (None: there is none), and the day it is asked for.

    The draft is asked as if it ended older awards the same day, so that whoever holds the level
    and does not meet it is found. Adopting it ends nothing by itself.
    """

    draft: Step
    now: AllOf | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class Effect:
    """That a draft would give a person the level, or would not have given it, and why, in three languages."""

    member_id: int
    outcome: str
    because: Wording


def question_of(rule: LevelRule, *, on: dt.date) -> Question:
    """The draft and the rule in force, as the reckoning needs them."""
    in_force = LevelRule.objects.adopted().on(on).filter(level=rule.level_id).order_by("-valid_from").first()
    next_level = rule.level.track.levels.filter(order__gt=rule.level.order).order_by("order").first()
    after = next_level.key if next_level is not None else ""
    draft = replace(step_of(rule, trees_of(rule), after), ends_older_on=on)
    return Question(draft, trees_of(in_force).required if in_force is not None else None, on)


def effects(question: Question, member_ids: Sequence[int]) -> list[Effect]:
    """The effect upon these people; those for whom nothing changes are left out. Constant queries per call."""
    gathered: Mapping[int, Gathered] = gather(member_ids, on=question.on)
    found = (effect_on(question, one.record, one.given) for one in gathered.values())
    return [effect for effect in found if effect is not None]


def effect_on(question: Question, record: MemberRecord, given: Mapping[str, Sequence[Given]]) -> Effect | None:
    """Decide for one person, by the same code that gives and ends levels. Pure but for the words."""
    draft = question.draft
    outcome = decide([draft], record, given)
    if outcome.ends:
        finding = check(draft.required, record)
        why = reasons.too_late(draft.lapses_unless_next_within or 0) if finding.is_met else reasons.lacks(finding)
        return Effect(record.member_id, Outcome.LOSE, why)
    if not outcome.gifts or _is_held(record.levels.get(draft.level), question.on):
        return None
    if outcome.gifts[0].origin == RENEWED:
        return Effect(record.member_id, Outcome.GAIN, reasons.renews())
    now = check(question.now, record) if question.now is not None else None
    return Effect(record.member_id, Outcome.GAIN, reasons.has_all(check(draft.required, record), now))


def _is_held(held: HeldLevel | None, day: dt.date) -> bool:
    return held is not None and (held.until is None or held.until > day)
