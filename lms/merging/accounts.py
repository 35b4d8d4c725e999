"""How what an account is made of is merged: addresses, second factors, settings, notices."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile

from lms.members.models import Member
from lms.members.records import ONE_EACH, Authenticator, EmailAddress
from lms.merging.models import Merge, NotSamePerson
from lms.merging.registry import Rows, all_stay, one_per, register_rule
from lms.merging.steps import Pair, Removal, Step, change, follow
from lms.notifications.models import Notice


def addresses(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Addresses to sign in with follow; the kept record's is the main one, and none is there twice.

    Where both records are accounts none follows, and none of the absorbed one's is a sign-in any more.
    """
    if pair.both_sign_in:
        for row in absorbed:
            yield from change(row, verified=False)
        return
    own = {row.email.casefold(): row for row in kept}
    has_primary = any(row.primary for row in kept)
    for row in absorbed:
        twin = own.get(row.email.casefold())
        if twin is not None:
            yield Removal(row)
            yield from change(twin, verified=twin.verified or row.verified)
        elif row.primary and has_primary:
            yield from change(row, primary=False, user_id=pair.kept.pk)
        else:
            yield from follow(row, pair)


def factors(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Passkeys follow; an authenticator app and its codes only where the kept record has neither.

    Where both records are accounts all stay with the absorbed one, which is locked.
    """
    if pair.both_sign_in:
        return
    has_app = any(row.type in ONE_EACH for row in kept)
    for row in absorbed:
        if row.type not in ONE_EACH or not has_app:
            yield from follow(row, pair)


def settings_of_the_cms(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """The kept record's own settings stand."""
    if not kept:
        for row in absorbed:
            yield from follow(row, pair)


def register() -> None:
    """Say so, once, at start."""
    register_rule(EmailAddress, addresses, label=_("Addresses to sign in with"))
    register_rule(Authenticator, factors, label=_("Ways to sign in"), yields=["last_used_at"])
    register_rule(UserProfile, settings_of_the_cms)
    register_rule(PageSubscription, one_per("page_id"))
    register_rule(Notice, one_per("key"), label=_("Notices"))
    # Groups are drawn anew from the rights; merges and pairs kept apart are about the records themselves.
    for model in (Member.groups.through, Member.user_permissions.through, Merge, NotSamePerson):
        register_rule(model, all_stay)
