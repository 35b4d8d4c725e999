"""What an administrator is told of a person's account: whether they can sign in, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from lms.members.factors import has_factor
from lms.members.models import Leaving, Member
from lms.members.queries import address_of
from lms.organisation.leaving import open_leaving_of


@dataclass(frozen=True, slots=True)
class Account:
    """``has_account``: an address to sign in with is known. ``is_locked``: the account is shut."""

    has_account: bool
    is_locked: bool
    has_factor: bool
    leaving: Leaving | None

    @property
    def can_sign_in(self) -> bool:
        """Whether the person can sign in today."""
        return self.has_account and not self.is_locked


def account_of(member: Member) -> Account:
    """The state of a person's account. Three queries."""
    return Account(
        has_account=bool(address_of(member)),
        is_locked=not member.is_active,
        has_factor=has_factor(member),
        leaving=open_leaving_of(member),
    )
