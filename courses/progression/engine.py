"""The progression engine: ``check(rule, record) -> Finding``. Pure; no database, clock or request.

docs/algorithms/levels.md holds the table of examples that the tests replay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import singledispatch

from courses.progression import rules
from courses.progression.combining import at_least
from courses.progression.finding import Finding, State
from courses.progression.hours import hundredths_in_window, when_enough
from courses.progression.offices import months_served, served, terms_in_window, when_long_enough
from courses.progression.record import MemberRecord, Observation, ProvenLevel
from lms.periods import Period, add_months, joined

__all__ = ["Finding", "State", "add_months", "check"]


@singledispatch
def check(rule: rules.Rule, record: MemberRecord) -> Finding:
    """Whether ``record`` meets ``rule``, since when, by which facts, and what is missing."""
    raise TypeError(f"no such rule: {rule!r}")


@check.register
def _(rule: rules.CourseCompleted, record: MemberRecord) -> Finding:
    day = record.courses.get(rule.course)
    if day is None or day > record.on:
        return Finding(rule, State.MISSING)
    return Finding(rule, State.MET, since=day, facts=(f"course:{rule.course}",))


@check.register
def _(rule: rules.PaperPassed, record: MemberRecord) -> Finding:
    results = [result for result in record.papers.get(rule.paper, ()) if result.on <= record.on]
    if not results:
        return Finding(rule, State.MISSING)
    best = max(result.percent for result in results)
    passed = [result for result in results if result.percent >= rule.least_percent]
    if not passed:
        return Finding(rule, State.MISSING, reached=best)
    first = min(passed, key=lambda result: (result.on, result.percent))
    return Finding(rule, State.MET, since=first.on, facts=(f"paper:{rule.paper}:{first.percent}",), reached=best)


@check.register
def _(rule: rules.CompetenceHeld, record: MemberRecord) -> Finding:
    return _competence(rule, rule.competence, rule.least, record)


@check.register
def _(rule: rules.CompetenceCount, record: MemberRecord) -> Finding:
    parts = [_competence(rule, key, rule.least, record) for key in sorted(record.competences)]
    found = at_least(rule.count, parts, rule)
    reached = sum(part.is_met for part in parts)
    return Finding(rule, found.state, found.since, found.facts, reached, found.until)


def _competence(rule: rules.Rule, key: str, least: int, record: MemberRecord) -> Finding:
    """Whether one competence stands at least at a level; lapsed when it did and has faded below it."""
    proven = record.competences.get(key)
    if proven is None:
        return Finding(rule, State.MISSING)
    level, reached_on = _level_on(proven, record.on), proven.since[least - 1]
    if reached_on is None or reached_on > record.on:
        return Finding(rule, State.MISSING, reached=level)
    if level >= least:
        until = proven.until if proven.level == least else None
        return Finding(rule, State.MET, reached_on, (f"competence:{key}:{least}",), level, until)
    faded = proven.until if proven.level == least else None
    return Finding(rule, State.LAPSED, since=faded, reached=level)


def _level_on(proven: ProvenLevel, on: dt.date) -> int:
    """The level on a day; one that was to fade by then has."""
    faded = proven.until is not None and proven.until <= on
    return proven.level - 1 if faded else proven.level


@check.register
def _(rule: rules.LevelHeld, record: MemberRecord) -> Finding:
    held = record.levels.get(rule.level)
    if held is None or held.since > record.on:
        return Finding(rule, State.MISSING)
    if rule.or_lapsed:
        return Finding(rule, State.MET, since=held.since, facts=(held.award,))
    if held.until is not None and held.until <= record.on:
        return Finding(rule, State.LAPSED, since=held.until)
    return Finding(rule, State.MET, since=held.since, facts=(held.award,), until=held.until)


@check.register
def _(rule: rules.OfficeHeld, record: MemberRecord) -> Finding:
    terms = [term for term in record.offices if term.start <= record.on]
    days = served(terms, rule)
    found = _by_time(rule, when_long_enough(days, rule), record.on, terms_in_window(terms, rule, record.on))
    return found if found.is_met else replace(found, reached=months_served(days, rule, record.on) if days else None)


def _by_time(rule: rules.Rule, holding: Sequence[Period], on: dt.date, facts: Iterable[str]) -> Finding:
    """What holds in some stretches of days: met in one, lapsed after one, or still to come."""
    now = next((period for period in holding if on in period), None)
    if now is not None:
        return Finding(rule, State.MET, since=now.start, facts=tuple(facts), until=now.until)
    changes_on = next((period.start for period in holding if period.start > on), None)
    over = [period.until for period in holding if period.until is not None and period.until <= on]
    if over:
        return Finding(rule, State.LAPSED, since=over[-1], changes_on=changes_on)
    return Finding(rule, State.MISSING, changes_on=changes_on)


@check.register
def _(rule: rules.SessionAttended, record: MemberRecord) -> Finding:
    attended = [row for row in record.sessions.get(rule.session, ()) if row.on <= record.on]
    best = max((row.share for row in attended), default=None)
    enough = sorted((row for row in attended if row.share >= rule.least_share), key=lambda row: (row.on, row.key))
    if not enough:
        return Finding(rule, State.MISSING, reached=best)
    return Finding(rule, State.MET, since=enough[0].on, facts=(enough[0].key,), reached=best)


@check.register
def _(rule: rules.PracticeObserved, record: MemberRecord) -> Finding:
    rows = [row for row in record.practice.get(rule.form, ()) if _is_seen(row, rule, record)]
    seen = sorted(rows, key=lambda row: (row.on, row.key))
    observers: set[int | None] = set()
    for number, row in enumerate(seen, start=1):
        observers.add(row.observer)
        if number >= rule.count and len(observers) >= rule.distinct_observers:
            facts = tuple(counted.key for counted in seen[:number])
            return Finding(rule, State.MET, since=row.on, facts=facts, reached=len(seen))
    return Finding(rule, State.MISSING, reached=len(seen) or None)


def _is_seen(row: Observation, rule: rules.PracticeObserved, record: MemberRecord) -> bool:
    """Whether an observation counts: nobody observes themselves."""
    return row.on <= record.on and row.score >= rule.least_score and row.observer != record.member_id


@check.register
def _(rule: rules.Hours, record: MemberRecord) -> Finding:
    done = [row for row in record.hours if row.is_taught == rule.is_taught and row.on <= record.on]
    total, facts = hundredths_in_window(done, rule, record.on)
    found = _by_time(rule, when_enough(done, rule), record.on, facts)
    return replace(found, reached=total // 100 if done else None)


@check.register
def _(rule: rules.Attested, record: MemberRecord) -> Finding:
    rows = [row for row in record.attestations.get(rule.about, ()) if row.on <= record.on]
    vouched = [row for row in rows if not rule.by or row.by & set(rule.by)]
    if not vouched:
        return Finding(rule, State.MISSING)
    first = min(vouched, key=lambda row: (row.on, row.key))
    return Finding(rule, State.MET, since=first.on, facts=(first.key,))


@check.register
def _(rule: rules.Substitutable, record: MemberRecord) -> Finding:
    own = check(rule.rule, record)
    instead = [check(rules.AllOf(alternative.needs), record) for alternative in rule.alternatives]
    waived = _waived(rule, record)
    found = at_least(1, [own, *instead, *([waived] if waived else [])], rule)
    return replace(found, reached=own.reached, parts=(own, *instead))


def _waived(rule: rules.Substitutable, record: MemberRecord) -> Finding | None:
    """What a waiver says of it, where there is one."""
    rows = [row for row in record.waivers.get(rule.key, ()) if row.on <= record.on] if rule.key else []
    if not rows:
        return None
    facts = tuple(
        row.key for row in sorted(rows, key=lambda row: (row.on, row.key)) if row.until is None or record.on < row.until
    )
    return _by_time(rule, joined(Period(row.on, row.until) for row in rows), record.on, facts)


@check.register
def _(rule: rules.AllOf, record: MemberRecord) -> Finding:
    return at_least(len(rule.parts), [check(part, record) for part in rule.parts], rule)


@check.register
def _(rule: rules.AnyOf, record: MemberRecord) -> Finding:
    return at_least(rule.least, [check(part, record) for part in rule.parts], rule)
