"""What a plan would gain or lose if it were brought to a newer version of its template. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.planning.models import Goal, GoalFields, TemplateGoal

Sign = tuple[Any, ...]
"""What a goal asks for, so that the same in two versions is known again."""


@dataclass(frozen=True, slots=True)
class Changes:
    """``gains``: goals of the new version the plan has not. ``losses``: goals of the plan that the old version
    brought and the new one leaves out, and that are not reached. ``moves``: goals of the plan that the new
    version has in another stage, with that stage's place.
    """

    gains: tuple[TemplateGoal, ...] = ()
    losses: tuple[Goal, ...] = ()
    moves: tuple[tuple[Goal, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the plan is as the new version says."""
        return not (self.gains or self.losses or self.moves)


def sign_of(goal: GoalFields) -> Sign:
    """What a goal asks for. When it is due and where it stands is not part of it."""
    task = json.dumps(goal.task, sort_keys=True) if goal.task else ""
    asked = (goal.kind, goal.level_id, goal.competence_id, goal.least_level, goal.course_id, task)
    return (*asked, goal.is_coverage, goal.least_share, goal.least_count, tuple(goal.offices), goal.is_begun)


def compare(
    own: Mapping[int, Iterable[Goal]],
    old: Mapping[int, Iterable[TemplateGoal]],
    new: Mapping[int, Iterable[TemplateGoal]],
    reached: Iterable[int],
) -> Changes:
    """Each mapping: the stage's place → its goals. ``reached``: the plan's goals that are reached or taken further.

    What people added themselves, and what is reached, is never lost; what they moved themselves stays there.
    """
    done = set(reached)
    has = {sign_of(goal) for goals in own.values() for goal in goals}
    was = {sign_of(goal): place for place, goals in old.items() for goal in goals}
    wanted = {sign_of(goal): place for place, goals in new.items() for goal in goals}
    gains = [goal for _, goals in sorted(new.items()) for goal in goals if sign_of(goal) not in has]
    losses, moves = [], []
    for place, goals in sorted(own.items()):
        for goal in goals:
            sign = sign_of(goal)
            if goal.pk in done or sign not in was:
                continue
            if sign not in wanted:
                losses.append(goal)
            elif place == was[sign] != wanted[sign]:
                moves.append((goal, wanted[sign]))
    return Changes(tuple(gains), tuple(losses), tuple(moves))
