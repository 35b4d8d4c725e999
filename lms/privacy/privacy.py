"""What is personal about erasure itself: an opaque id."""

from lms.privacy.declarations import Kind, OnErase, Personal, declare
from lms.privacy.models import Erased

_ID = Personal(
    Kind.TECHNICAL,
    "take the erased out again after a restore",
    "24 months, longer than any backup (TILLIT_KEEP_DAYS['erased'])",
    OnErase.KEEP,
    export=False,
)
declare(Erased, plain="id erased_on", public_id=_ID)
