"""Everybody, a thousand at a time, as a job that may be interrupted and goes on where it was left."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.members.models import Member

AT_A_TIME = 1000


def in_thousands(claim: Claimed, act: Callable[[list[int]], None]) -> int:
    """Do ``act`` for a thousand people at a time, in order of their keys; returns how many people in all.

    Each thousand is one transaction with the renewal of the lease, which also says how far it
    has come. So a worker that takes over begins with the first thousand that was not committed.
    """
    people = Member.objects.filter(is_active=True)
    so_far = Job.objects.values_list("result", "done").get(pk=claim.id)
    after, done = int(so_far[0].get("after", 0)), so_far[1]
    claim.advance(total=max(people.count(), done))
    while ids := list(people.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]):
        with transaction.atomic():
            after, done = ids[-1], done + len(ids)
            claim.hold(done=done, attempts=1, result={"after": after})
            act(ids)
        claim.attempts = 1
    return done
