"""Dated rows of two records laid over each other, so that no day counts twice. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any

from lms.merging.registry import Resolve, Rows
from lms.merging.steps import Change, Making, Pair, Removal, Step, change, follow
from lms.periods import Period

Beats = Callable[[Any, Any], bool]
"""(row of the absorbed record, row of the kept one) → whether the absorbed one's days count."""


def without(period: Period, taken: Iterable[Period]) -> list[Period]:
    """What is left of a period when others have taken their days, in order.

    All of 2020 to 2023, when somebody else has 2021, leaves 2020, and 2022 to 2023.
    """
    left = [period]
    for other in taken:
        left = [part for one in left for part in _minus(one, other)]
    return sorted(left, key=lambda one: one.start)


def _minus(period: Period, other: Period) -> Iterator[Period]:
    common = period.meet(other)
    if common is None:
        yield period
        return
    if period.start < common.start:
        yield Period(period.start, common.start)
    if common.until is not None and (period.until is None or common.until < period.until):
        yield Period(common.until, period.until)


def no_day_twice(*names: str, beats: Beats | None = None) -> Resolve:
    """A rule: among rows alike in these columns, a day that both records have is counted once.

    The kept record's row has it, unless ``beats`` says the absorbed one's. Days that only one
    of them has all stay.
    """

    def is_alike(one: Any, other: Any) -> bool:
        return all(getattr(one, name) == getattr(other, name) for name in names)

    def has_the_days(absorbed: Any, kept: Any) -> bool:
        return beats is not None and beats(absorbed, kept)

    def resolve(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
        for row in kept:
            lost = [other.period for other in absorbed if is_alike(other, row) and has_the_days(other, row)]
            yield from _cut(row, without(row.period, lost), {})
        for row in absorbed:
            lost = [other.period for other in kept if is_alike(other, row) and not has_the_days(row, other)]
            yield from _cut(row, without(row.period, lost), {"member_id": pair.kept.pk})

    return resolve


def as_one(*names: str) -> Resolve:
    """A rule: rows alike in these columns whose days meet become one row over all of their days.

    The kept record's first row stays, so that what was announced of it is not announced again.
    """

    def resolve(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
        own = {row.pk for row in kept}
        for cluster in _clusters((*kept, *absorbed), names):
            stays = next((row for row in cluster if row.pk in own), None)
            if stays is None or all(row.pk in own for row in cluster):
                for row in cluster:
                    yield from follow(row, pair)
                continue
            yield from (Removal(row) for row in cluster if row is not stays)
            yield from change(stays, **_span(cluster))

    return resolve


def _clusters(rows: Iterable[Any], names: tuple[str, ...]) -> list[list[Any]]:
    """Rows alike in these columns, each group a chain in which the days of one meet those of the next."""
    found: list[list[Any]] = []
    for row in sorted(rows, key=lambda row: (*(str(getattr(row, name)) for name in names), row.valid_from, row.pk)):
        last = found[-1] if found else []
        is_alike = last and all(getattr(last[0], name) == getattr(row, name) for name in names)
        if is_alike and any(other.period.overlaps(row.period) for other in last):
            last.append(row)
        else:
            found.append([row])
    return found


def _span(rows: list[Any]) -> dict[str, Any]:
    ends = [row.valid_until for row in rows]
    return {"valid_from": min(row.valid_from for row in rows), "valid_until": None if None in ends else max(ends)}


def _cut(row: Any, left: list[Period], owner: dict[str, Any]) -> Iterator[Step]:
    """Bring a row to the first of the periods that are left, and make a row of each further one."""
    if not left:
        yield Removal(row)
        return
    after = {**owner, "valid_from": left[0].start, "valid_until": left[0].until}
    before = {name: getattr(row, name) for name in after}
    changed = {name: value for name, value in after.items() if before[name] != value}
    if changed:
        yield Change(type(row), row.pk, {name: before[name] for name in changed}, changed)
    for period in left[1:]:
        more = copy(row)
        more._state = copy(row._state)
        more.pk, more._state.adding = None, True
        more.valid_from, more.valid_until = period.start, period.until
        for name, value in owner.items():
            setattr(more, name, value)
        yield Making(more)
