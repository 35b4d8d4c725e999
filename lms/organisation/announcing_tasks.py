"""The daily job that announces terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.organisation import announcing

ANNOUNCE_TERMS = "announce_terms"


@job_kind(ANNOUNCE_TERMS, title=gettext_lazy("Announcing offices that begin and end"))
def announce_terms(claim: Claimed) -> Mapping[str, Any]:
    """Say what has come to be by today; each part is committed by itself and not said again."""
    history = announcing.leave_history()
    started = ended = 0
    for ids in announcing.due():
        claim.hold()
        more = announcing.announce(ids)
        started, ended = started + more[0], ended + more[1]
    return {"started": started, "ended": ended, "history": history}


register_daily(ANNOUNCE_TERMS)
