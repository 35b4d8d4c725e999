"""How many notices a member has not read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.core.cache import cache
from django.db import transaction

from lms.members.models import Member
from lms.notifications.models import Notice

KEPT = 60
"""Seconds a count is kept: the bell stands on every page, and asks the database once a minute at most."""


def unread_count(member: Member) -> int:
    """How many of a member's notices are unread. Kept for a minute, forgotten when it changes."""
    known = cache.get(_key(member))
    if known is None:
        known = Notice.objects.to(member).unread().count()
        cache.set(_key(member), known, KEPT)
    return int(known)


def forget_counts(members: Iterable[Member]) -> None:
    """Forget the counts of these members, now and again when the transaction commits."""
    keys = [_key(member) for member in members]
    cache.delete_many(keys)
    transaction.on_commit(partial(cache.delete_many, keys), robust=True)


def _key(member: Member) -> str:
    return f"unread-notices:{member.public_id}"
