"""Limits per network on doors that anyone can knock at."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def too_many(request: HttpRequest, door: str, *, a_minute: int) -> bool:
    """Whether this network has knocked at a door more than ``a_minute`` times in this minute.

    The address is kept only as a keyed hash and only for the minute. Behind a proxy the proxy
    must set the remote address.
    """
    address = request.META.get("REMOTE_ADDR", "")
    minute = int(time.time() // 60)
    digest = hashlib.blake2s(f"{door}|{address}|{minute}".encode(), key=settings.SECRET_KEY.encode()[:32]).hexdigest()
    key = f"limit:{digest[:32]}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) > a_minute
    except ValueError:
        return False
