"""What planning hears from below: terms that start, end and are put right; bodies that close; people who leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.dispatch import receiver

from courses.planning.terms import begin_plans, close_body_plans, end_plans, leave_plans, move_plans
from lms.organisation.signals import body_closed, member_left, term_corrected, term_ended, term_started
from lms.periods import Period, today


@receiver(term_started, dispatch_uid="planning_begins_plans")
def begin_after_term(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Make, or go on with, the plan for the office."""
    begin_plans(term_ids=ids)


@receiver(term_ended, dispatch_uid="planning_ends_plans")
def end_after_term(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Close the plan for the office."""
    end_plans(term_ids=ids)


@receiver(term_corrected, dispatch_uid="planning_moves_plans")
def move_after_correction(sender: Any, ids: list[int], before: Period, **kwargs: Any) -> None:
    """Let the plan begin when the term does."""
    move_plans(term_ids=ids, before=before)


@receiver(body_closed, dispatch_uid="planning_closes_with_the_body")
def close_after_body(sender: Any, ids: list[int], on: dt.date, **kwargs: Any) -> None:
    """Close the body's plan; one that closes on a day to come, on that day."""
    if on <= today():
        close_body_plans(body_ids=ids, on=on)


@receiver(member_left, dispatch_uid="planning_closes_after_leaving")
def close_after_leaving(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Close the plans for offices of those who left."""
    leave_plans(member_ids=ids)
