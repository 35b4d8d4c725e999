"""Which plan a term that starts goes on with, and how it goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from courses.planning.acts import record
from courses.planning.models import CompetencePlan, Milestone
from courses.planning.reasons import BY_ITSELF, TERM_TAKEN_BACK
from courses.planning.reviewing import add_stage, carry, unmet_goals
from courses.planning.stretches import latest_end, lengthened
from lms.organisation.models import Term

AGAIN_WITHIN = dt.timedelta(days=90)
"""So long may lie between two terms in the same office and body, for the plan to go on."""
State = CompetencePlan.State


class Way(StrEnum):
    """What a term that starts means for plans."""

    NEW = "new"
    GOES_ON = "goes on"
    NOTHING = "nothing"


def way_of(term: Term, plans: Sequence[CompetencePlan]) -> tuple[Way, CompetencePlan | None]:
    """Which of a person's plans for the office a term goes on with. Pure.

    One that is open for the body; one made to prepare for the office, before anybody knew where;
    one that closed by itself at most 90 days before the term. One that has run for six years is
    left to its end.
    """
    fitting = [plan for plan in plans if plan.body_id == term.body_id or _prepares(plan)]
    for plan in sorted(fitting, key=lambda plan: (plan.state == State.CLOSED, plan.body_id is None)):
        if plan.state != State.CLOSED:
            if plan.term_id == term.pk:
                return Way.NOTHING, plan
            return (Way.GOES_ON, plan) if term.valid_from < latest_end(plan.valid_from) else (Way.NEW, plan)
        if _may_reopen(plan, term):
            return Way.GOES_ON, plan
    return Way.NEW, None


def _prepares(plan: CompetencePlan) -> bool:
    return plan.body_id is None and plan.state != State.CLOSED


def _may_reopen(plan: CompetencePlan, term: Term) -> bool:
    if plan.closed_reason not in BY_ITSELF or plan.closed_on is None:
        return False
    if plan.term_id == term.pk:
        return True
    return term.valid_from - plan.closed_on <= AGAIN_WITHIN and term.valid_from < latest_end(plan.valid_from)


def continue_plan(plan: CompetencePlan, term: Term) -> None:
    """Let a plan follow a term: open again if the last one's end had closed it, and as long as the new one lasts.

    If its stages are over when the term begins, what was not reached is taken to a further stage.
    """
    was_taken_back = plan.state == State.CLOSED and plan.closed_reason == TERM_TAKEN_BACK
    if plan.term_id == term.pk and plan.state != State.CLOSED:
        return
    plan.term, plan.body_id = term, term.body_id
    if plan.state == State.CLOSED:
        plan.state, plan.closed_on, plan.closed_reason = State.ACTIVE, None, ""
    if plan.valid_until is not None:
        plan.valid_until = lengthened(plan.valid_from, plan.valid_until, term.valid_until)
    plan.save(update_fields=["term", "body", "state", "closed_on", "closed_reason", "valid_until"])
    record(plan, "continue_plan", None, term=term.pk)
    last = Milestone.objects.filter(plan=plan).order_by("-order").first()
    if not was_taken_back and last is not None and last.valid_until and last.valid_until <= term.valid_from:
        carry(unmet_goals(plan, term.valid_from), add_stage(plan))
