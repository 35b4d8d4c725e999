"""How often a door may be tried: per network, and per what is tried for. Nobody is locked out for good.

What is counted is kept as a keyed hash, and only as long as it counts.
"""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600
DAY = 24 * HOUR
NETWORK_TRIES = 60
"""Tries of one network in an hour: a hall full of people behind one address gets through."""
CODE_TRIES = 10
"""Codes tried for one member number in an hour."""
LETTERS_A_DAY = 3
"""Letters to one address in a day, whoever asks for them."""


def network_is_busy(request: HttpRequest, door: str) -> bool:
    """Whether a network has knocked at a door too often this hour."""
    return not may_try(f"{door}-network", request.META.get("REMOTE_ADDR", ""), most=NETWORK_TRIES, seconds=HOUR)


def may_try(door: str, what: str, *, most: int, seconds: int) -> bool:
    """Count one try for a thing; whether it is among the first ``most`` in this stretch of time."""
    stretch = int(time.time() // seconds)
    named = f"{door}|{what.strip().casefold()}|{stretch}".encode()
    key = f"joining:{hashlib.blake2s(named, key=settings.SECRET_KEY.encode()[:32]).hexdigest()[:32]}"
    cache.add(key, 0, seconds + 60)
    try:
        return cache.incr(key) <= most
    except ValueError:
        return True
