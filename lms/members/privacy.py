"""What is personal about people and accounts."""

from typing import TypedDict

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.auth.models import Group

from lms.members.models import Consent, Leaving, Member
from lms.privacy.declarations import Kind, OnErase, Personal, declare


class _Kept(TypedDict):
    keep: str
    on_erase: OnErase


_ROW: _Kept = {
    "keep": "as long as the membership, and what the person has chosen after",
    "on_erase": OnErase.DELETE_ROW,
}

declare(
    Member,
    plain="id public_id is_active is_superuser",
    member_number=Personal(Kind.IDENTITY, "match the member register", **_ROW),
    name=Personal(Kind.IDENTITY, "greet, certificates, lists for the person's own board", **_ROW),
    name_key=Personal(Kind.IDENTITY, "search and order by name", export=False, **_ROW),
    email=Personal(Kind.CONTACT, "letters about courses and tasks", **_ROW),
    language=Personal(Kind.CONTACT, "write to the person in their own language", **_ROW),
    birth_year=Personal(Kind.IDENTITY, "courses and figures by age band, never the day", **_ROW),
    gender=Personal(Kind.IDENTITY, "composition of bodies, only in cells of five or more; optional", **_ROW),
    postal_code=Personal(Kind.CONTACT, "which unit a person goes to when theirs is split; optional", **_ROW),
    password=Personal(Kind.TECHNICAL, "sign-in (hash)", export=False, **_ROW),
    last_login=Personal(Kind.TECHNICAL, "find accounts out of use", **_ROW),
    created_at=Personal(Kind.POLITICAL, "when the person became known here", **_ROW),
    groups=Personal(Kind.OFFICE, "projection of rights into the CMS", export=False, **_ROW),
    user_permissions=Personal(Kind.OFFICE, "not used", export=False, **_ROW),
)
declare(
    EmailAddress,
    plain="id verified primary",
    user=Personal(Kind.CONTACT, "whose sign-in address it is", **_ROW),
    email=Personal(Kind.CONTACT, "sign-in", **_ROW),
)
declare(
    EmailConfirmation,
    plain="id created sent key",
    email_address=Personal(Kind.CONTACT, "confirm a sign-in address", export=False, **_ROW),
)
_FACTOR = Personal(Kind.TECHNICAL, "the second factor of a sign-in", "until removed", OnErase.DELETE_ROW)
declare(
    Authenticator,
    plain="id",
    user=_FACTOR,
    type=_FACTOR,
    created_at=_FACTOR,
    last_used_at=_FACTOR,
    data=Personal(Kind.TECHNICAL, "check the factor (key, encrypted seed)", export=False, **_ROW),
)
_SINGLE = Personal(Kind.IDENTITY, "know again who signs in with the organisation's own sign-in", **_ROW)
declare(
    SocialAccount,
    plain="id",
    user=_SINGLE,
    provider=_SINGLE,
    uid=_SINGLE,
    last_login=_SINGLE,
    date_joined=_SINGLE,
    extra_data=_SINGLE,
)
declare(SocialApp, plain="id provider provider_id name client_id secret key settings")
declare(
    SocialToken,
    plain="id app token token_secret expires_at",
    account=Personal(Kind.TECHNICAL, "not used: no token of the other sign-in is kept", export=False, **_ROW),
)
declare(Group, plain="id name permissions")
_LEAVING = Personal(Kind.POLITICAL, "lock at leaving and erase in time", "until erased", OnErase.DELETE_ROW)
declare(
    Leaving,
    plain="id",
    member=_LEAVING,
    left_on=_LEAVING,
    erase_on=_LEAVING,
    keeps_history=_LEAVING,
    locked_at=_LEAVING,
    cancelled_at=_LEAVING,
    memberships=Personal(
        Kind.POLITICAL, "give back exactly what a leaving ended, when it is undone", "until erased", OnErase.DELETE_ROW
    ),
    created_at=_LEAVING,
)
_CONSENT = Personal(
    Kind.IDENTITY, "show what a person agreed to, and when", "as long as the person is known here", OnErase.DELETE_ROW
)
declare(
    Consent,
    plain="id",
    member=_CONSENT,
    purpose=_CONSENT,
    version=_CONSENT,
    language=_CONSENT,
    given_at=_CONSENT,
    withdrawn_at=_CONSENT,
)
