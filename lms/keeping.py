"""Keeping what is read often and changed seldom, so that no reader can keep what is already old.

What is kept lies under its subject's generation. A reader notes the generation before it asks
the database; forgetting draws a new one. Whoever read just before a change therefore keeps it
under a generation that nobody asks for any more. The process holds what it has read, so a warm
read asks the cache for the generation only, and the value need not be unpacked again.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from django.core.cache import cache

T = TypeVar("T")
KEPT_SECONDS = 24 * 3600
MOST_HELD = 2_000
"""Values a process holds; what was used longest ago goes first."""

_held: OrderedDict[str, Any] = OrderedDict()
_lock = Lock()


def kept(name: str, subject: str, make: Callable[[], T]) -> T:
    """What is kept under ``name`` of a subject, made anew when it is not; None is never kept.

    The value is shared by all who ask: nobody may change it.
    """
    key = f"{name}:{subject}:{_generation(subject)}"
    with _lock:
        if key in _held:
            _held.move_to_end(key)
            return _held[key]
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        if found is not None:
            cache.set(key, found, KEPT_SECONDS)
    if found is not None:
        with _lock:
            _held[key] = found
            while len(_held) > MOST_HELD:
                _held.popitem(last=False)
    return found


def forget(subject: str) -> None:
    """Forget everything kept of a subject. Call it when the change is committed."""
    cache.set(f"generation:{subject}", secrets.token_hex(8), None)


def _generation(subject: str) -> str:
    """The subject's generation; a cache that lost it begins a new one, which nothing is held under."""
    name = f"generation:{subject}"
    found: str | None = cache.get(name)
    if found is None:
        cache.add(name, secrets.token_hex(8), None)
        found = cache.get(name) or secrets.token_hex(8)
    return found
