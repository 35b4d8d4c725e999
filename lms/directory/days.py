"""The day a page is asked about: ``?on=2019-06-01`` is "as it was on"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest

from lms.periods import today

PARAMETER = "on"
EARLIEST = dt.date(1800, 1, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was asked for; ``is_understood`` False when it could not be read and today stands in."""

    day: dt.date
    is_understood: bool = True

    @property
    def is_today(self) -> bool:
        """Whether it is the day it is."""
        return self.day == today()

    @property
    def query(self) -> str:
        """What keeps the day in a link: "" today, else ``?on=…``."""
        return "" if self.is_today else f"?{PARAMETER}={self.day.isoformat()}"


def day_asked(request: HttpRequest) -> Day:
    """The day in the address; today when there is none, or when it lies ahead or is no day."""
    text = request.GET.get(PARAMETER, "").strip()
    if not text:
        return Day(today())
    day = _read(text)
    return Day(day) if day and EARLIEST <= day <= today() else Day(today(), is_understood=False)


def _read(text: str) -> dt.date | None:
    """A day as browsers send it, or as people write it: 2024-02-27, 27.02.2024."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
