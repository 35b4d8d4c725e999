"""What the organisation does as jobs: each finds by ids what is to be done, and calls a service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.organisation.erasing import due_for_erasure, erase_member, hold_due, leave_no_traces
from lms.organisation.leaving import END_SESSIONS
from lms.periods import today
from lms.privacy.ledger import keep_file_in_line
from lms.privacy.retention import purge_by, rules
from lms.privacy.sessions import end_sessions

ERASE_LEFT, PURGE = "erase_left", "purge"


@job_kind(END_SESSIONS, title=gettext_lazy("Ending sessions"))
def end_sessions_of(claim: Claimed) -> Mapping[str, Any]:
    """Take away the sessions of people who have been locked out."""
    return {"ended": end_sessions(user_ids=claim.payload["members"])}


@job_kind(ERASE_LEFT, title=gettext_lazy("Erasing those who have left"))
def erase_left(claim: Claimed) -> Mapping[str, Any]:
    """Erase those whose day has come, one by one. One that cannot be is a failed line, and tried tomorrow.

    Each is asked for again just before: somebody may have answered, or come back, since the list was read.
    """
    day, erased = today(), 0
    due = {str(row.member.public_id): row.member_id for row in due_for_erasure(on=day)}
    for key in claim.remaining(sorted(due)):
        with claim.item(key) as outcome:
            person = hold_due(member_id=due[key], on=day)
            if person is None:
                outcome.outcome = "kept"
                continue
            erase_member(member=person, by=None)
            erased += 1
    keep_file_in_line()
    leave_no_traces()
    return {"erased": erased}


@job_kind(PURGE, title=gettext_lazy("Clearing what is past its time"))
def purge(claim: Claimed) -> Mapping[str, Any]:
    """Purge what every retention rule says is past its time; one that fails stops no other, and is tried tomorrow."""
    by_name, purged = {rule.name: rule for rule in rules()}, {}
    for name in claim.remaining(by_name):
        with claim.item(name):
            purged[name] = purge_by(by_name[name], timezone.now())
    return purged


register_daily(ERASE_LEFT)
register_daily(PURGE)
