"""Many keys, a thousand at a time, as a job that may be interrupted and goes on where it was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lms.jobs.lease import Claimed
from lms.jobs.models import Job

AT_A_TIME = 1000


def in_portions(claim: Claimed, rows: QuerySet[Any], act: Callable[[list[int]], Mapping[str, int]]) -> dict[str, int]:
    """Do ``act`` for a thousand keys of ``rows`` at a time, in their order.

    ``act`` is given the keys and says what came of them, in numbers by name; the numbers are
    added up, with ``people`` for how many keys there were, and returned. Each portion is one
    transaction with the renewal of the lease, which also says how far it has come: a worker
    that takes over begins after the last portion that was committed.
    """
    left = rows.order_by("pk").values_list("pk", flat=True)
    sums = Counter({"people": 0} | (Job.objects.values_list("result", flat=True).get(pk=claim.id) or {}))
    after = sums.pop("after", 0)
    claim.advance(total=sums["people"] + left.filter(pk__gt=after).count())
    while keys := list(left.filter(pk__gt=after)[:AT_A_TIME]):
        with transaction.atomic():
            claim.hold()
            sums.update(act(keys))
            sums["people"], after = sums["people"] + len(keys), keys[-1]
            claim.hold(done=sums["people"], attempts=1, result={"after": after, **sums})
        claim.attempts = 1
    return dict(sums)
