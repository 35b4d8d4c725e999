"""What is personal about jobs: who started one, and opaque ids."""

from lms.jobs.models import Heartbeat, Job, JobItem
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_KEEP = "90 days after the job is over (TILLIT_JOB_KEEP_DAYS)"
_IDS = Personal(Kind.TECHNICAL, "know which items of the work are done", _KEEP, OnErase.KEEP, export=False)

declare(
    Job,
    plain=(
        "id public_id kind state total done failed_items message attempts claims leased_by lease_until "
        "due_at sent_at created_at started_at finished_at"
    ),
    created_by=Personal(Kind.TECHNICAL, "show the work to the one who started it", _KEEP, OnErase.UNLINK),
    key=_IDS,
    payload=_IDS,
    result=_IDS,
)
declare(JobItem, plain="id job state outcome", key=_IDS, subject=_IDS)
declare(Heartbeat, plain="name seen_at")
