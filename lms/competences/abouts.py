"""What can be vouched for or recognised besides competences: the requirements of a level, by key.

Requirements stand in a room above. It says here what a key is called and who may vouch for it;
a key that nobody knows can neither be asked about nor recognised, so that nobody can have one
thing written down under the name of another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lms.wording import Wording


@dataclass(frozen=True, slots=True)
class About:
    """One thing: its key, what it is called, and the places a giver must stand in (none named: any of them)."""

    key: str
    label: Wording
    by: tuple[str, ...] = field(default=())


Find = Callable[[str], About | None]
_vouched: list[Find] = []
_waived: list[Find] = []


def register_abouts(*, vouched: Find, waived: Find) -> None:
    """Say how keys are looked up: of what somebody may vouch for, and of what prior learning may stand in for."""
    _vouched.append(vouched)
    _waived.append(waived)


def vouched_about(key: str) -> About | None:
    """The thing somebody may vouch for, or None when nobody knows the key."""
    return _found(_vouched, key)


def waived_about(key: str) -> About | None:
    """The requirement prior learning may stand in for, or None when nobody knows the key."""
    return _found(_waived, key)


def _found(finders: list[Find], key: str) -> About | None:
    return next((about for find in finders if key and (about := find(key)) is not None), None)
