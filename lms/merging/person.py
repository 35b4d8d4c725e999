"""The person's own row: which name, number and address remain, and what the absorbed record keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.members.models import Member
from lms.members.names import name_key
from lms.members.queries import address_of
from lms.members.records import Authenticator
from lms.merging.steps import Change, Pair, change

FILLED = ("birth_year", "gender", "postal_code")
"""What the kept record takes from the absorbed one where it has nothing itself."""
YIELDS = frozenset({"name", "name_key", "email", "birth_year", "gender", "postal_code", "password", "last_login"})
"""What may have been corrected since the merge: at undo the correction stands."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the one record is called and reached by after the merge, and which record it comes from."""

    field: str
    value: str
    is_kept_own: bool


def number_after(pair: Pair, in_register: set[int]) -> str | None:
    """The member number that remains: that of the record the register has as a member now, else the kept one's.

    ``in_register``: which of the two are members today.
    """
    own, other = pair.kept.member_number, pair.absorbed.member_number
    if own and other:
        return other if pair.absorbed.pk in in_register and pair.kept.pk not in in_register else own
    return own or other


def email_after(pair: Pair) -> str:
    """Where letters go: the kept one's e-mail, else the other's, unless both are accounts and might be two people's."""
    return pair.kept.email or ("" if pair.both_sign_in else pair.absorbed.email)


def own_row_steps(pair: Pair, in_register: set[int]) -> Iterator[Change]:
    """The changes to the two rows: the absorbed one lets go first, because a number is one person's."""
    kept, absorbed = pair.kept, pair.absorbed
    yield from change(absorbed, member_number=None, email="", is_active=False)
    after: dict[str, object] = {
        "member_number": number_after(pair, in_register),
        "is_active": kept.is_active or (absorbed.is_active and pair.belongs),
        "created_at": min(kept.created_at, absorbed.created_at),
        "last_login": max(filter(None, (kept.last_login, absorbed.last_login)), default=None),
    }
    after |= {name: getattr(kept, name) or getattr(absorbed, name) for name in FILLED}
    after["email"] = email_after(pair)
    if not kept.name.strip():
        after |= {"name": absorbed.name, "name_key": name_key(absorbed.name)}
    if not pair.both_sign_in and not is_usable(kept) and is_usable(absorbed):
        after["password"] = absorbed.password
    yield from change(kept, **after)


def remaining(pair: Pair, in_register: set[int]) -> list[Remaining]:
    """Name, number and e-mail as they will stand."""
    kept, absorbed = pair.kept, pair.absorbed
    number = number_after(pair, in_register)
    return [
        Remaining("name", kept.name or absorbed.name, bool(kept.name)),
        Remaining("member_number", number or "", number == kept.member_number),
        Remaining("email", email_after(pair), email_after(pair) == kept.email),
    ]


def can_sign_in(member: Member) -> bool:
    """Whether a record is an account: a password, a confirmed address or a passkey. At most two queries."""
    if is_usable(member) or address_of(member):
        return True
    return Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN).exists()


def is_usable(member: Member) -> bool:
    """Whether somebody can sign in to the record with a password."""
    return bool(member.password) and member.has_usable_password()
