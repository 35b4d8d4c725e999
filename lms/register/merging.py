"""How what the register remembers of an administrator is merged."""

from __future__ import annotations

from lms.merging.registry import one_per, register_rule
from lms.register.models import KnownColumn


def register() -> None:
    """Say so, once, at start."""
    register_rule(KnownColumn, one_per("header_key"))
