"""Long and daily work of plans: telling many, saying that a talk is due, and putting right what no day announced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.planning.models import CompetencePlan
from courses.planning.notices import TELL, tell_made, tell_reviews_due
from courses.planning.terms import follow_the_day
from courses.planning.waiting import follow_waiting
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.periods import today

DAILY = "plans_of_the_day"
AT_A_TIME = 500


@job_kind(TELL, title=_("Telling people of their plans"))
def tell(claim: Claimed) -> Mapping[str, Any]:
    """Tell each that they have a plan. Safe to run again: nobody is told twice."""
    order, told = list(claim.payload["plans"]), 0
    for start in range(0, len(order), AT_A_TIME):
        plans = CompetencePlan.objects.filter(pk__in=order[start : start + AT_A_TIME])
        told += tell_made(plans.exclude(state=CompetencePlan.State.CLOSED))
    return {"told": told}


@job_kind(DAILY, title=_("Plans of the day"))
def look_after_plans(claim: Claimed) -> Mapping[str, Any]:
    """Let plans follow terms and bodies that ended, and say which stages are to be talked through."""
    day = today()
    moved = follow_waiting(on=day)  # first: a term that goes on elsewhere has not ended
    return {"moved": moved, "closed": follow_the_day(on=day), "due": tell_reviews_due(on=day)}


register_daily(DAILY)
