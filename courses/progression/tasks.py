"""What progression does as jobs: who is due today, and everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.progression.models import NextLook
from courses.progression.services import AT_A_TIME, evaluate
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
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
    due = NextLook.objects.filter(on__lte=today()).order_by("pk").values_list("pk", flat=True)
    return in_portions(claim, list(due))


@job_kind(EVERYBODY, title=_("Everybody's levels are gone through"))
def evaluate_everybody(claim: Claimed) -> Mapping[str, Any]:
    """Evaluate everybody, a thousand at a time. Begun again, it goes on after the last thousand that was committed."""
    people = Member.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    return in_portions(claim, list(people))


def in_portions(claim: Claimed, ids: Iterable[int]) -> dict[str, int]:
    """Evaluate these people in order of their keys; each portion is one transaction with the renewal of the lease."""
    so_far = Job.objects.values_list("result", flat=True).get(pk=claim.id) or {}
    after, people, awards = (int(so_far.get(name, 0)) for name in ("after", "people", "awards"))
    left = [pk for pk in ids if pk > after]
    claim.advance(total=people + len(left))
    for start in range(0, len(left), AT_A_TIME):
        portion = left[start : start + AT_A_TIME]
        with transaction.atomic():
            claim.hold()
            awards += len(evaluate(member_ids=portion))
            people += len(portion)
            claim.hold(done=people, attempts=1, result={"after": portion[-1], "people": people, "awards": awards})
        claim.attempts = 1
    return {"people": people, "awards": awards}


register_daily(DAY)
