"""How far a goal has come. Pure: what is asked, what is reached, and a day in; a state out.

docs/algorithms/plans.md holds the tables of examples that the tests replay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Set
from dataclasses import dataclass
from enum import StrEnum

from lms.periods import Period

SOON = dt.timedelta(days=60)


class GoalState(StrEnum):
    """Where a goal stands on a day."""

    DONE = "done"
    BEGUN = "begun"
    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Reached:
    """How many have done what is asked, how many have begun, of how many; and the day the last one needed did."""

    done: int
    begun: int
    total: int
    on: dt.date | None = None


def needed(total: int, *, share: int | None = None, count: int | None = None) -> int:
    """How many of so many must have done it: a share, rounded up, or a number; else all. Of nobody: one, never none.

    >>> needed(7, share=80), needed(7, count=2), needed(7), needed(1, count=2), needed(0)
    (6, 2, 7, 2, 1)
    """
    if count is not None:
        return max(count, 1)
    if share is not None:
        return max(-(-total * share // 100), 1)
    return max(total, 1)


def due_of(stage: Period, within_days: int | None) -> dt.date:
    """The last day on which a goal is reached in time: so many days into the stage, or the stage's last day."""
    if within_days is not None:
        return stage.start + dt.timedelta(days=within_days)
    return (stage.until or dt.date.max) - dt.timedelta(days=1)


def state_of(reached: Reached, *, needs: int, due: dt.date, on: dt.date, is_over: bool = False) -> GoalState:
    """The state of a goal on a day. ``is_over``: the plan is closed, or the goal was taken further to a later stage.

    What is done is done, however late. What is soon due says so rather than that it is begun.
    """
    if reached.done >= needs:
        return GoalState.DONE
    if is_over:
        return GoalState.MISSED
    if on > due:
        return GoalState.LATE
    if due - on <= SOON:
        return GoalState.DUE
    return GoalState.BEGUN if reached.begun or reached.done else GoalState.AHEAD


def reached_by(
    group: Collection[int], done: dict[int, dt.date], begun: Set[int], *, needs: int, counts_begun: bool = False
) -> Reached:
    """Who of a group has done it. With ``counts_begun`` whoever has begun counts as done; that has no day."""
    days = sorted(day for member, day in done.items() if member in group)
    started = {member for member in group if member in begun or member in done}
    if counts_begun:
        return Reached(len(started), len(started), len(group))
    on = days[needs - 1] if 0 < needs <= len(days) else None
    return Reached(len(days), len(started), len(group), on)
