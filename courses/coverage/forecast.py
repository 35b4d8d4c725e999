"""Where a share is heading beside what a plan asks for: the line of the plans, through what may be shown. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from courses.planning.forecast import Forecast, Verdict, forecast


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the line says of a goal, read from the months that are shown.

    ``now`` in percent on ``as_of``, the newest day on which the share may be shown; both None where none may.
    """

    told: Forecast
    goal: int
    now: int | None = None
    as_of: dt.date | None = None

    @property
    def due(self) -> dt.date:
        """The day the goal is due."""
        return self.told.due

    @property
    def is_reached(self) -> bool:
        """Whether the goal is met already."""
        return self.told.verdict == Verdict.REACHED

    @property
    def then(self) -> int | None:
        """The share to be expected on the day, in percent; None when there is too little to go by."""
        says = self.told.verdict in (Verdict.ON_COURSE, Verdict.BEHIND) and self.told.per_month is not None
        return round(self.told.expected) if says and self.told.expected is not None else None

    @property
    def is_on_course(self) -> bool | None:
        """Whether things go fast enough; None when nothing can be said."""
        return None if self.then is None else self.told.verdict == Verdict.ON_COURSE


def outlook(shares: Sequence[tuple[dt.date, float | None]], *, goal: int, due: dt.date) -> Outlook:
    """The outlook of (day, share in percent), the oldest first; hidden shares are None and count for nothing."""
    known = [(day, share) for day, share in shares if share is not None]
    told = forecast(known, goal, due)
    return Outlook(told, goal, round(known[-1][1]), known[-1][0]) if known else Outlook(told, goal)
