"""The monthly snapshot: from projection, terms and awards to the file of the month and its totals."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from courses.coverage.counting import Tally
from courses.coverage.gathering import Gatherer, columns_now, draw_keys, people_on, posts_on, units_on
from lms.archive.models import ArchiveFile
from lms.archive.totals import MonthTotals, write_totals
from lms.archive.writer import Month
from lms.periods import today


def write_snapshot(*, month: dt.date, on: dt.date | None = None) -> ArchiveFile:
    """Write the file of a month and its totals, in the place of what was there.

    ``on``: the day it shows; today while the month runs, its last day when it is over. A day
    that is past is drawn from the ledger by the rule; today is read from the projection.
    """
    row, totals = _gathered(month, on)
    write_totals([totals])
    return row


def rebuild_history(*, months: Iterable[dt.date]) -> list[ArchiveFile]:
    """Write months that are over, from the ledger; for an import, a demo, or files that were lost."""
    found = [_gathered(month, None) for month in months]
    if found:
        write_totals([totals for _row, totals in found])
    return [row for row, _totals in found]


def close_and_run(*, on: dt.date | None = None) -> list[ArchiveFile]:
    """The day's work: the month before, when its last day was not written; then the running month."""
    day = on or today()
    running = day.replace(day=1)
    before = (running - dt.timedelta(days=1)).replace(day=1)
    wanted = [] if _is_closed(before) else [before]
    return [write_snapshot(month=month) for month in [*wanted, running]]


def last_months(number: int, *, until: dt.date | None = None) -> list[dt.date]:
    """The first days of so many months, the oldest first, up to and with the running one."""
    day = (until or today()).replace(day=1)
    found = []
    for _ in range(number):
        found.append(day)
        day = (day - dt.timedelta(days=1)).replace(day=1)
    return found[::-1]


def last_day(month: dt.date) -> dt.date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _is_closed(month: dt.date) -> bool:
    """Whether a month needs no more: it shows its last day. The first month of all has none before it."""
    from lms.archive.totals import Totals, there_are_totals

    if not there_are_totals():
        return True
    with Totals() as totals:
        axes = totals.axes()
    return month not in axes.months or axes.counted_on[axes.months.index(month)] >= last_day(month)


def _gathered(month: dt.date, on: dt.date | None) -> tuple[ArchiveFile, MonthTotals]:
    now = today()
    day = on or min(now, last_day(month))
    draw_keys(day)
    columns, numbers, levels = columns_now()
    units, posts = units_on(day), posts_on(day)
    tally = Tally(columns, units)
    with Month(month, columns, units) as file:
        gatherer = Gatherer(day, file.name, columns, numbers, levels, posts, is_past=day != now)
        for people in people_on(day, posts):
            rows = gatherer.rows(people)
            file.add(rows, [one[0] for one in people])
            tally.add(rows)
        row = file.write(written_on=now)
    return row, tally.totals(month=month, counted_on=day)
