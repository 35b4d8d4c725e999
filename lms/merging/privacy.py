"""What is personal about merges."""

from lms.merging.models import Merge, MergeLine, NotSamePerson
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_WHO = Personal(
    Kind.IDENTITY, "know which records were one person, and take a wrong merge back", "until erased", OnErase.DELETE_ROW
)
_BY = Personal(Kind.OFFICE, "who merged or kept apart", "until the row goes", OnErase.UNLINK)
_LINES = Personal(
    Kind.IDENTITY,
    "take a wrong merge back as it was",
    "90 days (TILLIT_KEEP_DAYS['merge_lines'])",
    OnErase.DELETE_ROW,
    export=False,
)
declare(
    Merge,
    plain="id public_id at undone_at",
    kept=_WHO,
    absorbed=_WHO,
    by=_BY,
    reason=_WHO,
    former_number=_WHO,
)
declare(MergeLine, plain="id act model", merge=_LINES, row=_LINES, before=_LINES, after=_LINES)
declare(NotSamePerson, plain="id at", first=_WHO, second=_WHO, by=_BY)
