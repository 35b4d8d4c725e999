"""What is personal about coming in."""

from typing import TypedDict

from lms.joining.models import AddressCheck, Arrival, Campaign, Invitation, InviteLink, JoinCode, SignUp
from lms.privacy.declarations import Kind, OnErase, Personal, declare


class _Kept(TypedDict):
    keep: str
    on_erase: OnErase


_ONCE: _Kept = {"keep": "until used, at most 30 days (a code: 90), then 12 months", "on_erase": OnErase.DELETE_ROW}
_WAY_IN = Personal(Kind.TECHNICAL, "let the right person, and nobody else, open the account", **_ONCE)
_SECRET = Personal(Kind.TECHNICAL, "know the link or the code again (hash)", export=False, **_ONCE)
_TIMES = dict.fromkeys(("member", "created_at", "expires_at", "used_at", "withdrawn_at"), _WAY_IN)
declare(Invitation, plain="id", token_hash=_SECRET, address_hash=_SECRET, key=_SECRET, **_TIMES)
declare(JoinCode, plain="id renews", code_hash=_SECRET, seed=_SECRET, shown_at=_WAY_IN, **_TIMES)
declare(Campaign, plain="id public_id name unit goal course_key valid_from valid_until")
declare(
    InviteLink,
    plain="id unit campaign course_key valid_from valid_until revoked_at",
    token=Personal(
        Kind.TECHNICAL, "the address of a public form", "as long as somebody came by it", OnErase.KEEP, export=False
    ),
    inviter=Personal(Kind.OFFICE, "whose link it is, and that the right still lasts", "12 months", OnErase.UNLINK),
)
_WAITING: _Kept = {"keep": "seven days, or until confirmed", "on_erase": OnErase.DELETE_ROW}
_ASKED = Personal(Kind.POLITICAL, "let somebody come in by themselves", **_WAITING)
declare(
    SignUp,
    plain="id public_id",
    email=_ASKED,
    language=_ASKED,
    consent_version=_ASKED,
    unit=_ASKED,
    link=_ASKED,
    course_key=_ASKED,
    token_hash=Personal(Kind.TECHNICAL, "know the link again (hash)", export=False, **_WAITING),
    created_at=_ASKED,
    mailed_at=_ASKED,
)
_CHECK = Personal(Kind.CONTACT, "write only to an address that is the person's", **_WAITING)
declare(
    AddressCheck,
    plain="id public_id",
    member=_CHECK,
    email=_CHECK,
    token_hash=Personal(Kind.TECHNICAL, "know the link again (hash)", export=False, **_WAITING),
    created_at=_CHECK,
)
_CAME = Personal(Kind.POLITICAL, "how many came, to which branch", "the person goes at erasure", OnErase.UNLINK)
_COUNTED = Personal(
    Kind.POLITICAL, "one more in the count", "as a figure without a person, after erasure", OnErase.KEEP
)
declare(
    Arrival,
    plain="id",
    member=_CAME,
    unit=_COUNTED,
    link=_COUNTED,
    campaign=_COUNTED,
    course_key=_COUNTED,
    at=_COUNTED,
)
