"""Stretches of a recording as pairs of tenths of seconds, kept merged and in order. Pure."""

from __future__ import annotations

from collections.abc import Iterable

Stretch = tuple[int, int]


def merged(stretches: Iterable[Iterable[int]]) -> list[Stretch]:
    """The union: in order, without overlap; stretches that touch become one."""
    found: list[Stretch] = []
    for start, end in sorted((start, end) for start, end in stretches if end > start):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def length(stretches: Iterable[Iterable[int]]) -> int:
    """How many tenths the union covers."""
    return sum(end - start for start, end in merged(stretches))


def uncovered(stretch: Stretch, by: Iterable[Iterable[int]]) -> int:
    """How many tenths of a stretch are new."""
    start, end = stretch
    inside = [(max(start, a), min(end, b)) for a, b in by]
    return max(0, end - start) - length(inside)
