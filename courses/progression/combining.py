"""Several findings made one: at least so many of them hold. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from courses.progression.finding import Finding, State

if TYPE_CHECKING:
    from courses.progression.rules import Rule


def at_least(least: int, parts: Sequence[Finding], rule: Rule) -> Finding:
    """``least`` of the parts hold: met since the day the ``least``-th was, by the first ``least`` of them.

    Until the day so many have lapsed that too few are left. Lapsed when those that have lapsed
    would have been enough, since the day too few were left.
    """
    met = sorted((part for part in parts if part.is_met), key=lambda part: part.since or dt.date.min)
    shown = tuple(parts)
    if len(met) >= least:
        counted = met[:least]
        facts = tuple(fact for part in counted for fact in part.facts)
        since = max((part.since for part in counted if part.since), default=None)
        return Finding(rule, State.MET, since=since, facts=facts, until=_until(least, met), parts=shown)
    lapsed = [part for part in parts if part.state == State.LAPSED]
    changes_on = min((part.changes_on for part in parts if part.changes_on and not part.is_met), default=None)
    if len(met) + len(lapsed) < least:
        return Finding(rule, State.MISSING, changes_on=changes_on, parts=shown)
    since = _lapsed_on(least - len(met), lapsed)
    return Finding(rule, State.LAPSED, since=since, changes_on=changes_on, parts=shown)


def _until(least: int, met: Sequence[Finding]) -> dt.date | None:
    """The day fewer than ``least`` are left: the ``least``-th longest lasts so long."""
    if least <= 0:
        return None
    longest = sorted((part.until or dt.date.max for part in met), reverse=True)
    until = longest[least - 1]
    return None if until == dt.date.max else until


def _lapsed_on(needed: int, lapsed: Sequence[Finding]) -> dt.date | None:
    """The day too few were left, as far as it is known."""
    days = sorted((part.since for part in lapsed if part.since), reverse=True)
    return days[needed - 1] if len(days) == len(lapsed) else None
