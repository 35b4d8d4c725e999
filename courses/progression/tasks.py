"""What progression does as jobs: who is due today, and everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.progression.models import NextLook
from courses.progression.services import evaluate
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.portions import in_portions
from lms.jobs.registry import job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.periods import today

DAY, EVERYBODY = "progression_day", "evaluate_everybody"


def request_evaluation_of_everybody(*, cause: str, by: Member | None) -> Job:
    """Have everybody evaluated by the rules of the day, as after a rule changed. The same cause gives the same job."""
    return request_job(kind=EVERYBODY, key=f"{EVERYBODY}:{cause}", payload={}, by=by)


@job_kind(DAY, title=_("Levels that time has changed"))
def look_again(claim: Claimed) -> Mapping[str, Any]:
    """Evaluate those for whom time alone may have changed something by today, a thousand at a time."""
    return in_portions(claim, NextLook.objects.filter(on__lte=today()), _evaluate)


@job_kind(EVERYBODY, title=_("Everybody's levels are gone through"))
def evaluate_everybody(claim: Claimed) -> Mapping[str, Any]:
    """Evaluate everybody, a thousand at a time. Begun again, it goes on after the last thousand that was committed."""
    return in_portions(claim, Member.objects.filter(is_active=True), _evaluate)


def _evaluate(people: list[int]) -> dict[str, int]:
    return {"awards": len(evaluate(member_ids=people))}


register_daily(DAY)
