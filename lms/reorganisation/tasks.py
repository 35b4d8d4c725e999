"""Applying and undoing as jobs, and the day's restating."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.registry import Onward, job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.periods import today
from lms.reorganisation.applying import CannotApply, carry_out, restate_the_day, take_back
from lms.reorganisation.holding import demand_units
from lms.reorganisation.models import Reorganisation

APPLY, UNDO, DAY = "apply_reorganisation", "undo_reorganisation", "reorganisation_day"


@transaction.atomic
def request_apply(*, reorganisation: Reorganisation, by: Member) -> Job:
    """Have a draft applied. The same draft gives the same job, however often it is asked for."""
    return _request(APPLY, reorganisation, by)


@transaction.atomic
def request_undo(*, reorganisation: Reorganisation, by: Member) -> Job:
    """Have an applied reorganisation undone."""
    return _request(UNDO, reorganisation, by)


def _request(kind: str, reorganisation: Reorganisation, by: Member) -> Job:
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    demand_units(reorganisation=row, by=by)
    tries = Job.objects.filter(
        key__startswith=f"{kind}:{row.public_id}:{row.rounds}:", state__in=(Job.State.DONE, Job.State.FAILED)
    ).count()
    key = f"{kind}:{row.public_id}:{row.rounds}:{tries}"
    record_act(f"request_{kind}", by=by, subject=subject_key("reorganisation", row.public_id))
    return request_job(kind=kind, key=key, payload={"reorganisation": str(row.public_id)}, by=by)


def _onward(job: Job) -> Onward | None:
    address = reverse("reorganisation", args=[job.payload["reorganisation"]])
    label = _("What stands in the way") if job.result.get("refused") else _("To the reorganisation")
    return Onward(label, address)


def _do(claim: Claimed, act: Callable[..., Mapping[str, int]]) -> Mapping[str, Any]:
    """One transaction that begins by renewing the lease: a worker that lost the job commits nothing."""
    row = Reorganisation.objects.get(public_id=claim.payload["reorganisation"])
    by = Member.objects.get(pk=claim.created_by_id or 0)
    try:
        with transaction.atomic():
            claim.hold(total=1)
            done = act(reorganisation=row, by=by)
            claim.hold(done=1)
            return done
    except CannotApply:
        return {"refused": 1}


@job_kind(APPLY, title=gettext_lazy("A reorganisation is applied"), onward=_onward)
def apply_job(claim: Claimed) -> Mapping[str, Any]:
    """Apply a draft."""
    return _do(claim, carry_out)


@job_kind(UNDO, title=gettext_lazy("A reorganisation is undone"), onward=_onward)
def undo_job(claim: Claimed) -> Mapping[str, Any]:
    """Undo an applied reorganisation."""
    return _do(claim, take_back)


@job_kind(DAY, title=gettext_lazy("Names of units of the day"))
def day_job(claim: Claimed) -> Mapping[str, Any]:
    """Restate what the day changes: names, shelves and groups of reorganisations planned for it."""
    return restate_the_day(on=today())


register_daily(DAY)
