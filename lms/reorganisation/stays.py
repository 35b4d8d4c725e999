"""Dated rows carried from one unit to another on a day; nobody lost, nobody twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lms.reorganisation.facts import Day, Edit, End, Key, Row

FIRST = ("member", "sympathiser")
"""Of two memberships in one unit on one day, the earlier named counts."""
Piece = tuple[Day, End, str]
"""[since, until) with a status"""


def carried(table: str, row: Row, *, key: str, to: Key, on: Day) -> Iterator[Edit]:
    """A row that hangs on its place until ``on`` and on ``to`` from then. What ended before stays where it was."""
    if not row.reaches(on):
        return
    if row.since >= on:
        yield Edit(table, row.id, {key: row.at}, {key: to}, row.member)
        return
    yield from cut(table, row, on=on)
    yield Edit(table, None, {}, _made(row, key, to, on, row.until), row.member)


def ended(table: str, row: Row, *, key: str, on: Day) -> Iterator[Edit]:
    """A row that ends on the day; one that would begin only then is removed."""
    if not row.reaches(on):
        return
    if row.since >= on:
        yield Edit(table, row.id, _made(row, key, row.at, row.since, row.until), {}, row.member)
    else:
        yield from cut(table, row, on=on)


def cut(table: str, row: Row, *, on: Day) -> Iterator[Edit]:
    """End a row that has begun."""
    yield Edit(table, row.id, {"valid_until": row.until}, {"valid_until": on}, row.member)


def _made(row: Row, key: str, at: Key, since: Day, until: End) -> dict[str, Any]:
    member = {} if row.member is None else {"member": row.member}
    return {**row.fields, **member, key: at, "valid_from": since, "valid_until": until}


def brought_together(coming: list[Row], there: list[Row], *, to: Key, on: Day) -> Iterator[Edit]:
    """One person's memberships that come to a unit, with those already there.

    On every day from ``on`` the person has one membership there: as member if any of them says
    so. What is there and already says so is left alone.
    """
    there = [row for row in there if row.reaches(on)]
    if not there and len(coming) == 1:
        yield from carried("membership", coming[0], key="unit", to=to, on=on)
        return
    as_member = [row for row in coming if row.fields["status"] == FIRST[0]]
    kept = [row for row in there if row.fields["status"] == FIRST[0] or not any(_meet(row, c, on) for c in as_member)]
    moved = [row for row in there if row not in kept]
    wanted = one_at_a_time(_pieces([*coming, *moved], on))
    for row in (*coming, *moved):
        yield from ended("membership", row, key="unit", on=on)
    for since, until, status in without(wanted, _pieces(kept, on)):
        made = {"member": coming[0].member, "unit": to, "status": status, "valid_from": since, "valid_until": until}
        yield Edit("membership", None, {}, made, coming[0].member)


def _pieces(rows: Iterable[Row], on: Day) -> list[Piece]:
    return [(max(row.since, on), row.until, row.fields["status"]) for row in rows if row.reaches(on)]


def _meet(one: Row, other: Row, on: Day) -> bool:
    start = max(one.since, other.since, on)
    return one.reaches(start) and other.reaches(start)


def one_at_a_time(pieces: list[Piece]) -> list[Piece]:
    """The same days, with one status on each: the first of ``FIRST`` that some piece has there."""
    found: list[Piece] = []
    edges = sorted({day for since, until, _ in pieces for day in (since, until) if day is not None})
    for start, until in zip(edges, [*edges[1:], None], strict=True):
        statuses = {status for since, end, status in pieces if since <= start and (end is None or end > start)}
        if not statuses:
            continue
        status = min(statuses, key=FIRST.index)
        joins = bool(found) and found[-1][1:] == (start, status)
        found.append((found.pop()[0] if joins else start, until, status))
    return found


def without(pieces: list[Piece], taken: list[Piece]) -> list[Piece]:
    """The days of ``pieces`` that no piece of ``taken`` covers."""
    for start, end, _ in taken:
        left: list[Piece] = []
        for since, until, status in pieces:
            if (end is not None and end <= since) or (until is not None and start >= until):
                left.append((since, until, status))
                continue
            if since < start:
                left.append((since, start, status))
            if end is not None and (until is None or end < until):
                left.append((end, until, status))
        pieces = left
    return pieces
