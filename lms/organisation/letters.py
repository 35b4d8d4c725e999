"""Letters about an account are written by a job: whoever asked for one is answered without waiting."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext_lazy as _

from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.jobs.services import request_job
from lms.members.letters import register_carrier, write

KIND = "account_letter"


def carry(letter: str, member_id: int | None) -> None:
    """Write the wish down. An unknown address gives a row as well, so that both are answered alike."""
    request_job(kind=KIND, key=f"{KIND}:{uuid.uuid4()}", payload={"letter": letter, "member": member_id}, by=None)


@job_kind(KIND, title=_("A letter about an account"), retry_seconds=15)
def write_letter(job: Claimed) -> dict[str, int]:
    """Send the letter, to whom there is one to send."""
    return {"sent": write(job.payload["letter"], member_id=job.payload["member"])}


register_carrier(carry)
