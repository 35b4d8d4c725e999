"""Is the house standing? One small try of each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.base import ContentFile

PROBE = "healthz-probe"
Check = Callable[[], Mapping[str, str | int]]
"""() → what to show under which names. It is told, but does not turn the answer into a failure."""

_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Let a room above say how it stands; rooms do so when they start."""
    _checks[name] = check


def checks(*, connection: Any, storage: Any, cache: Any) -> dict[str, str | int]:
    """What each part answered: ``ok`` or the kind of error; never a message that could tell too much."""
    parts = {
        "database": _tried(lambda: connection.cursor().execute("SELECT 1")),
        "cache": _tried(lambda: cache.set(PROBE, 1, 5)),
        "storage": _tried(lambda: storage.delete(storage.save(PROBE, ContentFile(b"1")))),
    }
    status = "ok" if set(parts.values()) == {"ok"} else "failing"
    told: dict[str, str | int] = {}
    for name, check in _checks.items():
        told |= _told(name, check)
    return {"status": status, **parts, **told}


def _told(name: str, check: Check) -> Mapping[str, str | int]:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - as below
        return {name: type(error).__name__}


def _tried(action: Any) -> str:
    try:
        action()
    except Exception as error:  # noqa: BLE001 - whatever fails is what we are here to report
        return type(error).__name__
    return "ok"
