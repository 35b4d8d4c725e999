"""What is personal about reorganisations."""

from lms.privacy.declarations import Kind, OnErase, Personal, declare
from lms.reorganisation.models import BodyChoice, Change, LedgerLine, MemberChoice, NewUnit, Reorganisation

_ACTOR = Personal(
    Kind.IDENTITY, "who changed the organisation", "as long as the reorganisation; without the person after erasure",
    OnErase.UNLINK,
)  # fmt: skip
declare(
    Reorganisation,
    plain="id public_id name on decision state applied_at undone_at rounds",
    by=_ACTOR,
    applied_by=_ACTOR,
)
declare(NewUnit, plain="id reorganisation code name kind parent parent_new unit")
declare(
    Change,
    plain="id reorganisation kind unit target target_new code name postal_codes municipalities is_rest",
)
declare(BodyChoice, plain="id reorganisation body goes_on target target_new")
_MOVED = Personal(
    Kind.POLITICAL,
    "which unit a person of a split unit goes to, and what undoing would restore",
    "as long as the membership it is about",
    OnErase.DELETE_ROW,
)
declare(MemberChoice, plain="id", change=_MOVED, member=_MOVED)
declare(LedgerLine, plain="id reorganisation table", row=_MOVED, member=_MOVED, before=_MOVED, after=_MOVED)
