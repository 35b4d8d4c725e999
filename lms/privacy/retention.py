"""How long things are kept: one rule per kind, with a floor and a ceiling, purged once a day.

A room registers its rules when it starts. The days are the rule's own unless the setting
``TILLIT_KEEP_DAYS`` names the rule; a number outside floor and ceiling is refused by a check
at start, so that nothing is kept for ever or thrown away by a slip.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

Purge = Callable[[dt.datetime], int]
"""(before) → how many rows or files went. What is older than ``before`` goes; running it twice is harmless."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is kept, for how many days, within which bounds, and how the rest is purged."""

    name: str
    about: str
    days: int
    floor: int
    ceiling: int
    purge: Purge


_rules: dict[str, Rule] = {}


def register_retention(rule: Rule) -> None:
    """Make a rule known. Raises ValueError when the name is taken, or its own days lie outside its bounds."""
    if _rules.get(rule.name, rule) != rule:
        raise ValueError(f"two rules are called {rule.name}")
    if not rule.floor <= rule.days <= rule.ceiling:
        raise ValueError(f"{rule.name}: {rule.days} days is not within {rule.floor} and {rule.ceiling}")
    _rules[rule.name] = rule


def rules() -> list[Rule]:
    """Every rule, by name."""
    return [_rules[name] for name in sorted(_rules)]


def days_kept(rule: Rule) -> int:
    """For how many days: the setting, else the rule's own; never outside the bounds."""
    chosen = settings.TILLIT_KEEP_DAYS.get(rule.name, rule.days)
    return min(max(chosen, rule.floor), rule.ceiling)


def purge_by(rule: Rule, now: dt.datetime) -> int:
    """Purge what is past its time by one rule. Returns how many went."""
    return rule.purge(now - dt.timedelta(days=days_kept(rule)))


def purge_all(now: dt.datetime) -> dict[str, int]:
    """Purge what is past its time, rule by rule. Returns how many went, by rule."""
    return {rule.name: purge_by(rule, now) for rule in rules()}


@register()
def keep_days_are_within_bounds(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every day count in the settings names a rule and lies within its bounds."""
    errors: list[CheckMessage] = []
    for name, days in settings.TILLIT_KEEP_DAYS.items():
        rule = _rules.get(name)
        if rule is None:
            errors.append(Error(f"TILLIT_KEEP_DAYS: no rule is called {name}", id="privacy.E001"))
        elif not rule.floor <= days <= rule.ceiling:
            told = f"TILLIT_KEEP_DAYS: {name} must be between {rule.floor} and {rule.ceiling} days, not {days}"
            errors.append(Error(told, id="privacy.E002"))
    return errors
