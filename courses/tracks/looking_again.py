"""After a decision on awards, those it reached are evaluated again: as a job, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.progression.models import Extension
from courses.progression.services import evaluate
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.jobs.services import request_job

KIND = "look_again_after_extension"
AT_A_TIME = 500


def look_again(extension: Extension) -> None:
    """Ask for it on commit: once after the decision, once after it is undone."""
    act = "undone" if extension.undone_at else "made"
    key = f"{KIND}:{extension.public_id}:{act}"
    request_job(kind=KIND, key=key, payload={"extension": str(extension.public_id)}, by=None)


@job_kind(KIND, title=_("Looking at levels again"))
def run(claim: Claimed) -> Mapping[str, Any]:
    """Evaluate whom the decision reached. Running it twice changes nothing more."""
    reached = Extension.objects.get(public_id=claim.payload["extension"]).awards
    ids = list(reached.order_by("member").values_list("member", flat=True).distinct())
    for start in range(0, len(ids), AT_A_TIME):
        evaluate(member_ids=ids[start : start + AT_A_TIME])
        claim.advance(done=min(start + AT_A_TIME, len(ids)))
    return {"people": len(ids)}
