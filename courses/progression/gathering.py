"""Gathering what the engine decides by: six questions to the database, however many people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils import timezone

from assessments.attempts.grading import Mark
from assessments.attempts.models import Attempt
from courses.enrolment.models import CourseCompletion
from courses.progression.ledger import read_ledger
from courses.progression.models import Award
from courses.progression.record import Given, HeldLevel, HeldOffice, MemberRecord, PaperResult, ProvenLevel
from lms.competences.accounts import OFFICE_OF
from lms.competences.models import Profile
from lms.competences.profiles import drawn_on
from lms.competences.queries import numbers
from lms.organisation.models import Term
from lms.periods import Period, joined, today

AT_A_TIME = 1000


@dataclass(slots=True)
class Gathered:
    """The record of one person, and the awards it tells of: level key → awards, oldest first."""

    record: MemberRecord
    given: Mapping[str, Sequence[Given]] = field(default_factory=dict)


def gather(member_ids: Iterable[int], *, on: dt.date | None = None) -> dict[int, Gathered]:
    """The record of each person on a date, and their awards. Six queries for each thousand people."""
    ids, day = list(dict.fromkeys(member_ids)), on or today()
    found: dict[int, Gathered] = {}
    for start in range(0, len(ids), AT_A_TIME):
        found |= _gather(ids[start : start + AT_A_TIME], day)
    return found


def _gather(ids: Sequence[int], day: dt.date) -> dict[int, Gathered]:
    courses, papers, competences = _courses(ids), _papers(ids), _competences(ids, day)
    ledger, offices, given = read_ledger(ids, day), _offices(ids, day), given_to(ids, day)
    found = {}
    for pk in ids:
        own = ledger[pk]
        levels = {key: held_by(awards, day) for key, awards in given[pk].items()}
        record = MemberRecord(
            member_id=pk,
            on=day,
            courses=courses[pk],
            papers=papers[pk],
            competences=competences.get(pk, {}),
            levels=levels,
            offices=[*offices[pk], *own.offices],
            sessions=own.sessions,
            practice=own.practice,
            hours=own.hours,
            attestations=own.attestations,
            waivers=own.waivers,
        )
        found[pk] = Gathered(record, given[pk])
    return found


def _courses(ids: Sequence[int]) -> Mapping[int, dict[str, dt.date]]:
    found: dict[int, dict[str, dt.date]] = defaultdict(dict)
    here = timezone.get_current_timezone()
    done = CourseCompletion.objects.filter(member__in=ids).values_list("member", "course__key", "completed_at")
    for member, key, at in done:
        found[member][key] = at.astimezone(here).date()
    return found


def _papers(ids: Sequence[int]) -> Mapping[int, dict[str, list[PaperResult]]]:
    found: dict[int, dict[str, list[PaperResult]]] = defaultdict(dict)
    tries = Attempt.objects.filter(member__in=ids, state=Attempt.State.GRADED, paper__mode="test")
    here, columns = timezone.get_current_timezone(), ("member", "paper__key", "points", "out_of", "graded_at")
    for member, key, points, out_of, graded in tries.order_by("graded_at", "pk").values_list(*columns):
        if points is not None and graded is not None:
            percent = Mark(points, out_of, passed=False).percent
            found[member].setdefault(key, []).append(PaperResult(percent, graded.astimezone(here).date()))
    return found


def _competences(ids: Sequence[int], day: dt.date) -> dict[int, dict[str, ProvenLevel]]:
    """Where each stands: by the profiles, or for a day gone by from the ledger itself."""
    if day < today():
        return {
            pk: {key: ProvenLevel(one.level, one.since, one.until) for key, one in own.items()}
            for pk, own in drawn_on(ids, on=day).items()
        }
    places, found = numbers(), {}
    for pk, levels, details in Profile.objects.filter(pk__in=ids).values_list("pk", "levels", "details"):
        held = bytes(levels)
        found[pk] = {key: _proven(held[places[key]], told) for key, told in details.items() if key in places}
    return found


def _proven(level: int, told: Mapping[str, Any]) -> ProvenLevel:
    one, two, three, four = told["since"]
    return ProvenLevel(level, (_day(one), _day(two), _day(three), _day(four)), _day(told["until"]))


@lru_cache(maxsize=8_192)
def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _offices(ids: Sequence[int], day: dt.date) -> Mapping[int, list[HeldOffice]]:
    """Terms begun by the day. Whoever sits in some committees holds its office, whatever the seat is called."""
    found: dict[int, list[HeldOffice]] = defaultdict(list)
    columns = ("pk", "office__key", "office__unit", "body__kind", "body__unit__kind", "valid_from", "valid_until")
    rows = Term.objects.filter(member__in=ids, valid_from__lte=day).order_by("valid_from", "pk")
    for member, pk, office, unit, body, kind, start, until in rows.values_list("member", *columns):
        seat = OFFICE_OF.get(body)
        found[member].append(
            HeldOffice(seat or office, start, until, body, kind, f"term:{pk}", bool(seat) or unit is None)
        )
    return found


def given_to(ids: Sequence[int], day: dt.date) -> Mapping[int, dict[str, list[Given]]]:
    """The awards that count on a day: member → level key → awards, oldest first. One query."""
    found: dict[int, dict[str, list[Given]]] = defaultdict(dict)
    columns = ("member", "level__key", "pk", "public_id", "awarded_on", "valid_until", "ending__on", "rule", "origin")
    rows = Award.objects.counting(day).filter(member__in=ids).order_by("awarded_on", "pk").values_list(*columns)
    for member, level, pk, public_id, awarded, until, ended, rule, origin in rows:
        end = min((end for end in (until, ended) if end is not None), default=None)
        one = Given(pk, f"award:{public_id}", awarded, end, rule, origin)
        found[member].setdefault(level, []).append(one)
    return found


def held_by(awards: Sequence[Given], day: dt.date) -> HeldLevel:
    """How a level is held by its awards: the stretch that was begun last by the day, and the newest of them."""
    newest = max(awards, key=lambda one: (one.awarded_on, one.pk))
    stretches = [Period(one.awarded_on, one.until) for one in awards if one.until is None or one.until > one.awarded_on]
    begun = [period for period in joined(stretches) if period.start <= day]
    if not begun:
        return HeldLevel(newest.awarded_on, newest.awarded_on, newest.key, newest.awarded_on)
    return HeldLevel(begun[-1].start, begun[-1].until, newest.key, newest.awarded_on)
