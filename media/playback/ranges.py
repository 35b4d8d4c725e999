"""Parts of a file, as a player asks for them (RFC 9110, section 14). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """From the first byte to the last one, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes that is."""
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The part asked for lies outside the file."""


def part_asked(header: str, size: int) -> Part | None:
    """The part a Range header asks for; None for the whole file, also when the header says what we do not know.

    Raises Unsatisfiable. Several parts at once are answered with the whole file, as the standard allows.
    """
    found = _RANGE.fullmatch(header.strip().replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        wanted = int(last)
        if not wanted or not size:
            raise Unsatisfiable
        return Part(max(0, size - wanted), size - 1)
    begin, end = int(first), int(last) if last else size - 1
    if last and end < begin:
        return None
    if begin >= size:
        raise Unsatisfiable
    return Part(begin, min(end, size - 1))
