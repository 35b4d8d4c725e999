"""A file of earlier awards: which column is what, what a row says, and what is wrong with it. Pure.

What a file says of how long an award lasts is not read: the rule of that day does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lms.members.names import name_key
from lms.register.columns import NAMES, Field, header_key

EARLIEST = dt.date(1950, 1, 1)
LONGEST = 120
NUMBER, NAME, DAY = "number", "name", "day"
_DAYS = (
    "dato, date, dag, day, oppnådd, oppnådd dato, nådd, tildelt, tildelt dato, fullført, awarded, awarded on, reached"
)
_HEADERS = {
    **{header.strip(): NUMBER for ranks in NAMES[Field.NUMBER] for header in ranks.split(",")},
    **{header.strip(): NAME for ranks in NAMES[Field.NAME] for header in ranks.split(",")},
    **{header.strip(): DAY for header in _DAYS.split(",")},
}
NEEDED = (NUMBER, DAY)


class Wrong(StrEnum):
    """What can be wrong with a row."""

    MISSING = "missing"
    SURPLUS = "surplus"
    DAY = "no day"
    FUTURE = "future"
    LONG_AGO = "long ago"
    UNKNOWN = "unknown"
    NOUGHTS = "noughts"
    FOREIGN = "foreign"
    NAME = "another name"
    SELF = "oneself"


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    ALREADY = "already"
    TWICE = "twice"
    WRONG = "wrong"


@dataclass(slots=True)
class Earlier:
    """One row. ``member``: whom the number means, for a reader who may see them; ``named``: what they are called.

    ``right``: what is known of what would be right: a number, a name, another row.
    """

    row: int
    number: str = ""
    name: str = ""
    day: str = ""
    outcome: str = Outcome.NEW
    member: int | None = None
    named: str = ""
    column: str = ""
    wrong: str = ""
    value: str = ""
    right: str = ""

    def refuse(self, wrong: Wrong, column: str, value: str = "", right: str = "") -> None:
        """Say what is wrong with it; the first fault counts."""
        if self.outcome != Outcome.WRONG:
            self.outcome, self.wrong, self.column = Outcome.WRONG, wrong, column
            self.value, self.right = value[:LONGEST], right

    @property
    def on(self) -> dt.date:
        """The day, once it is known to be one."""
        return dt.date.fromisoformat(self.day)

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def columns_of(headers: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Where each column stands, the first of several; and which of those needed are missing."""
    at: dict[str, int] = {}
    for place, header in enumerate(headers):
        column = _HEADERS.get(header_key(header))
        if column is not None:
            at.setdefault(column, place)
    return at, [column for column in NEEDED if column not in at]


def read_row(row: int, cells: Mapping[str, str], *, surplus: int, today: dt.date) -> Earlier:
    """What a row says, with what can be seen to be wrong from the row alone."""
    said = Earlier(row, cells.get(NUMBER, "").strip()[:LONGEST], " ".join(cells.get(NAME, "").split())[:LONGEST])
    if surplus:
        said.refuse(Wrong.SURPLUS, "", right=str(surplus))
        return said
    if not said.number:
        said.refuse(Wrong.MISSING, NUMBER)
    written = cells.get(DAY, "").strip()
    day = read_day(written)
    if not written:
        said.refuse(Wrong.MISSING, DAY)
    elif day is None:
        said.refuse(Wrong.DAY, DAY, written)
    elif day > today:
        said.refuse(Wrong.FUTURE, DAY, written)
    elif day < EARLIEST:
        said.refuse(Wrong.LONG_AGO, DAY, written)
    if day is not None:
        said.day = day.isoformat()
    return said


def read_day(text: str) -> dt.date | None:
    """14.03.2024, 14/3/2024, 2024-03-14 with or without a time; never a year of two digits."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text)
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})(?: .*)?", text)):
        parts = found.groups()[::-1]
    try:
        return dt.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def is_same_name(written: str, known: str) -> bool:
    """Whether every part of the shorter name is in the longer: order, middle names and commas are no matter."""
    one, other = (set(re.findall(r"\w+", name_key(name))) for name in (written, known))
    return bool(one and other) and (one <= other or other <= one)
