"""How like two names are. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

LIKE = 0.8
"""From this likeness on, two words may be one word misspelt."""


def is_like(one: str, other: str) -> bool:
    """Whether two name keys may be one person's: the same, one within the other, or a letter or two apart.

    The first name and the last must both agree, so that a couple with one address is not a
    pair: "ola nordmann" is not like "kari nordmann", but "kari anne nordmann" is, and "kari nordman".
    """
    first, second = one.split(), other.split()
    if not first or not second:
        return False
    if first == second:
        return True
    if len(first) < 2 or len(second) < 2:
        return False
    return _agree(first[0], second[0]) and _agree(first[-1], second[-1])


def _agree(one: str, other: str) -> bool:
    """Whether two words may be the same: a hyphenated name and its first half count."""
    if one == other or one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]:
        return True
    return SequenceMatcher(None, one, other).ratio() >= LIKE
