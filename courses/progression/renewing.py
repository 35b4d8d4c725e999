"""Whether a level is renewed: by what was done since it was last given. Pure.

docs/algorithms/renewal.md tells the rule and holds the table of examples.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from courses.progression import rules
from courses.progression.combining import at_least
from courses.progression.engine import check
from courses.progression.finding import Finding
from courses.progression.record import MemberRecord
from lms.periods import add_months

EARLIEST_MONTHS = 6
"""A level may be renewed so long before it lapses; one that lasts less than a year, half its time."""


def renewable_from(until: dt.date, valid_months: int | None) -> dt.date:
    """The first day on which what lapses on ``until`` may be renewed."""
    months = EARLIEST_MONTHS if valid_months is None else min(EARLIEST_MONTHS, valid_months // 2)
    return add_months(until, -months)


def done_since(record: MemberRecord, day: dt.date, *, with_courses: bool = False) -> MemberRecord:
    """The record without what was done up to ``day``, once and for all.

    What holds for a time of its own stays: offices and hours by their windows, competences,
    levels and waivers. ``with_courses`` leaves courses in, whenever they were completed.
    """
    return replace(
        record,
        courses=record.courses if with_courses else {key: on for key, on in record.courses.items() if on > day},
        papers={key: [row for row in rows if row.on > day] for key, rows in record.papers.items()},
        sessions={key: [row for row in rows if row.on > day] for key, rows in record.sessions.items()},
        practice={key: [row for row in rows if row.on > day] for key, rows in record.practice.items()},
        attestations={key: [row for row in rows if row.on > day] for key, rows in record.attestations.items()},
    )


def check_renewal(rule: rules.Rule, record: MemberRecord, since: dt.date) -> Finding:
    """What the engine finds for a rule of renewal, when the level was last given on ``since``.

    A course can be completed only once: it counts whenever that was when it stands together with
    something that must be new or still hold. Alone it must have been completed since.
    """
    return _check(rule, done_since(record, since), done_since(record, since, with_courses=True))


def _check(rule: rules.Rule, new: MemberRecord, with_courses: MemberRecord) -> Finding:
    match rule:
        case rules.AllOf() if len(rule.parts) > 1 and not all(map(_is_course, rule.parts)):
            return check(rule, with_courses)
        case rules.AllOf():
            return at_least(len(rule.parts), [_check(part, new, with_courses) for part in rule.parts], rule)
        case rules.AnyOf():
            return at_least(rule.least, [_check(part, new, with_courses) for part in rule.parts], rule)
        case _:
            return check(rule, new)


def _is_course(rule: rules.Rule) -> bool:
    """Whether a rule asks for a course, as it is or with something that may stand in for it."""
    own = rule.rule if isinstance(rule, rules.Substitutable) else rule
    return isinstance(own, rules.CourseCompleted)
