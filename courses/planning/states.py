"""What may be done to a plan in which state. Pure: a table, and what to say where it does not hold."""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.planning.models import CompetencePlan

State = CompetencePlan.State


class Act(StrEnum):
    """What is done to a plan."""

    CHANGE = "change"
    DISCARD = "discard"
    AGREE = "agree"
    TAKE_BACK = "take back"
    ACTIVATE = "activate"
    CLOSE = "close"
    REOPEN = "reopen"
    TICK = "tick"
    REVIEW = "review"
    CARRY_OVER = "carry over"
    RENEW = "renew"


AFTER: dict[tuple[Act, str], State] = {
    (Act.CHANGE, State.DRAFT): State.DRAFT,
    (Act.CHANGE, State.ACTIVE): State.ACTIVE,
    (Act.DISCARD, State.DRAFT): State.DRAFT,
    (Act.AGREE, State.DRAFT): State.AGREED,
    (Act.TAKE_BACK, State.AGREED): State.DRAFT,
    (Act.ACTIVATE, State.AGREED): State.ACTIVE,
    (Act.CLOSE, State.DRAFT): State.CLOSED,
    (Act.CLOSE, State.AGREED): State.CLOSED,
    (Act.CLOSE, State.ACTIVE): State.CLOSED,
    (Act.REOPEN, State.CLOSED): State.ACTIVE,
    (Act.TICK, State.DRAFT): State.DRAFT,
    (Act.TICK, State.AGREED): State.AGREED,
    (Act.TICK, State.ACTIVE): State.ACTIVE,
    (Act.REVIEW, State.ACTIVE): State.ACTIVE,
    (Act.CARRY_OVER, State.ACTIVE): State.ACTIVE,
    (Act.RENEW, State.DRAFT): State.DRAFT,
    (Act.RENEW, State.ACTIVE): State.ACTIVE,
}
"""(act, state) → the state afterwards. What does not stand here is refused."""

REFUSALS: dict[str, str | Promise] = {
    State.DRAFT: _("The plan is a draft. It is agreed and begun first."),
    State.AGREED: _("The plan is agreed. Take it back to a draft to change it, or begin it."),
    State.ACTIVE: _("The plan is under way already."),
    State.CLOSED: _("The plan is closed. It can be read, not changed."),
}


def allowed(act: Act, state: str) -> bool:
    """Whether this may be done to a plan in that state."""
    return (act, state) in AFTER


def demand(act: Act, state: str) -> State:
    """The state afterwards. Raises ValidationError where it may not be done, saying why."""
    if not allowed(act, state):
        raise ValidationError(str(REFUSALS[state]), code="state")
    return AFTER[act, state]
