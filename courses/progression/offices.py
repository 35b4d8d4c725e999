"""Since when, and until when, offices have been held long enough. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from courses.progression.months import days_in, leaves_window, window_start
from courses.progression.record import HeldOffice
from courses.progression.rules import OfficeHeld
from lms.periods import Period, add_months, joined

BOARDS = ("board", "executive")
"""The kinds of body whose offices are "any office in a board"."""


def counts(held: HeldOffice, rule: OfficeHeld) -> bool:
    """Whether a term is in one of the offices the rule asks for, at a kind of unit it asks for."""
    if rule.unit_kinds and held.unit_kind not in rule.unit_kinds:
        return False
    if not rule.offices:
        return held.body_kind in BOARDS
    return held.is_national and held.office in rule.offices


def served(terms: Iterable[HeldOffice], rule: OfficeHeld) -> list[Period]:
    """The days in office that count, those of overlapping terms once."""
    rows = (term for term in terms if counts(term, rule) and (term.until is None or term.start < term.until))
    return joined(Period(term.start, term.until) for term in rows)


def terms_in_window(terms: Iterable[HeldOffice], rule: OfficeHeld, on: dt.date) -> list[str]:
    """The keys of the terms that count and reach into the window that ends on a day, oldest first."""
    start = window_start(on, rule.within_months)
    rows = [term for term in terms if counts(term, rule) and (term.until is None or term.until > start)]
    return [term.key for term in sorted(rows, key=lambda term: (term.start, term.key))]


def when_long_enough(days: Sequence[Period], rule: OfficeHeld) -> list[Period]:
    """When the offices held were long enough: from the day it is reached in a stretch of service,
    while that lasts, and after it as long as the window reaches back far enough.

    An end that is known counts, also one to come: what is found is what happens if nothing new does.
    """
    found = []
    for number in range(1, len(days) + 1):
        reached = _reached(days[:number], rule)
        if reached is None:
            continue
        until = days[number - 1].until
        if until is not None:
            kept = leaves_window(_counted_from(days[:number], rule, until), rule.within_months)
            until = max(until, kept) if kept else None
        found.append(Period(reached, until))
        if until is None:
            break
    return joined(found)


def months_served(days: Sequence[Period], rule: OfficeHeld, on: dt.date) -> int:
    """Whole months in office within the window that ends on a day, for showing how far one has come."""
    total = _sum(days, window_start(on, rule.within_months), on)
    return min(total * 12 // 365, max(rule.months - 1, 0))


def _sum(days: Sequence[Period], start: dt.date, until: dt.date) -> int:
    pieces = (min(piece.until or until, until) - max(piece.start, start) for piece in days)
    return sum(max(piece.days, 0) for piece in pieces)


def _reached(days: Sequence[Period], rule: OfficeHeld) -> dt.date | None:
    """The first day within the last of these stretches on which it is enough, or None when it ends before."""
    last, earlier = days[-1], days[:-1]
    behind = _sum(earlier, window_start(last.start, rule.within_months), last.start)
    first = max(add_months(last.start - dt.timedelta(days=behind), rule.months), last.start)
    alone = add_months(last.start, rule.months)
    if rule.within_months is not None and behind:
        first = _first_day(lambda day: _is_enough(days, rule, day), first, alone)
    return first if last.until is None or first <= last.until else None


def _is_enough(days: Sequence[Period], rule: OfficeHeld, day: dt.date) -> bool:
    """Whether on ``day`` as many days lie behind, within the window, as the months before it have."""
    return _sum(days, window_start(day, rule.within_months), day) >= days_in(rule.months, day)


def _counted_from(days: Sequence[Period], rule: OfficeHeld, end: dt.date) -> dt.date:
    """The latest day from which, up to the end of the last stretch, enough days were served."""
    left = days_in(rule.months, end)
    for piece in reversed(days):
        length = ((piece.until or end) - piece.start).days
        if length >= left:
            return (piece.until or end) - dt.timedelta(days=left)
        left -= length
    return days[0].start


def _first_day(holds: Callable[[dt.date], bool], first: dt.date, last: dt.date) -> dt.date:
    """The first day on which it holds, when it does on ``last`` and goes on once it does."""
    early, late = first.toordinal(), last.toordinal()
    while early < late:
        middle = (early + late) // 2
        if holds(dt.date.fromordinal(middle)):
            late = middle
        else:
            early = middle + 1
    return dt.date.fromordinal(late)
