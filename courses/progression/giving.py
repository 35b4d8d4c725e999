"""What a person is given, renewed and loses on a day, and when to look again. Pure.

docs/algorithms/levels.md and renewal.md tell the rules and hold the tables of examples.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from courses.progression.engine import check
from courses.progression.finding import Finding
from courses.progression.record import Given, HeldLevel, MemberRecord
from courses.progression.renewing import check_renewal, done_since, renewable_from
from courses.progression.rules import AllOf
from lms.periods import add_months

EARNED, RENEWED, EXTENDED = "earned", "renewed", "extended"
PENDING = "award:new"
"""What an award given in this very evaluation is called until it is written."""


@dataclass(frozen=True, slots=True)
class Step:
    """A level with the rule in force on a day: what it requires, how it is renewed and how long it lasts.

    ``after``: the level that follows in the track, or ''.
    """

    level: str
    level_id: int
    rule_id: int
    decision: str
    required: AllOf
    renewal: AllOf | None = None
    valid_months: int | None = None
    lapses_unless_next_within: int | None = None
    ends_older_on: dt.date | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Gift:
    """A level to be given: by which rule, until when, earned or renewed, and by which facts."""

    step: Step
    until: dt.date | None
    origin: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """Awards of a level to be ended on a day, by which rule."""

    step: Step
    on: dt.date
    awards: tuple[int, ...]


@dataclass(slots=True)
class Outcome:
    """All of it for one person. ``look_on``: the first day to come on which time alone may change something."""

    gifts: list[Gift] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    look_on: dt.date | None = None


def decide(ladder: Sequence[Step], record: MemberRecord, given: Mapping[str, Sequence[Given]]) -> Outcome:
    """What the ladder gives and takes on the record's day.

    A level may ask for another, in any track: the ladder is gone through until nothing new comes
    of it. Each level is given at most once.
    """
    levels = dict(record.levels)
    person = _Person(replace(record, levels=levels), levels, given)
    found = Outcome()
    for step in ladder:
        found.ends += person.ended_by_newer(step)
    fresh = True
    while fresh:
        fresh = False
        for step in ladder:
            gift = person.gift(step) if step.level not in person.given_now else None
            if gift is not None:
                person.hold(gift)
                found.gifts.append(gift)
                fresh = True
    for step in ladder:
        found.ends += person.unfinished(step)
    days = [day for step in ladder for day in person.looks(step) if day is not None and day > record.on]
    found.look_on = min(days, default=None)
    return found


@dataclass(slots=True)
class _Person:
    """One person while it is decided: the record, whose levels change as they are given."""

    record: MemberRecord
    levels: dict[str, HeldLevel]
    given: Mapping[str, Sequence[Given]]
    given_now: set[str] = field(default_factory=set)
    findings: dict[str, Finding] = field(default_factory=dict)

    def held(self, step: Step) -> HeldLevel | None:
        """How the level is held, when it is and has not lapsed."""
        held = self.levels.get(step.level)
        return held if held is not None and (held.until is None or held.until > self.record.on) else None

    def last_given(self, step: Step) -> dt.date | None:
        """The day the level was last earned, renewed or entered; an extension asks for nothing and is not counted."""
        rows = self.given.get(step.level, ())
        days = [row.awarded_on for row in rows if row.origin != EXTENDED] or [row.awarded_on for row in rows]
        return max(days, default=None)

    def gift(self, step: Step) -> Gift | None:
        """What the rule gives: the level for the first time, renewed, or once more after it lapsed."""
        held, last = self.held(step), self.last_given(step)
        if held is not None:
            return self._renewed_in_time(step, held, last)
        renewed = self._renewal(step, last)
        if renewed is not None and renewed.is_met:
            return Gift(step, self._lasts(step, self.record.on), RENEWED, renewed.facts)
        earned = self._earned(step, last)
        return Gift(step, self._lasts(step, self.record.on), EARNED, earned.facts) if earned is not None else None

    def _renewed_in_time(self, step: Step, held: HeldLevel, last: dt.date | None) -> Gift | None:
        if held.until is None or self.record.on < renewable_from(held.until, step.valid_months):
            return None
        renewed = self._renewal(step, last)
        if renewed is None or not renewed.is_met:
            return None
        return Gift(step, self._lasts(step, held.until), RENEWED, renewed.facts)

    def _renewal(self, step: Step, last: dt.date | None) -> Finding | None:
        """What is found for the way of renewing, of a level that was given before."""
        if step.renewal is None or last is None:
            return None
        return check_renewal(step.renewal, self.record, last)

    def _earned(self, step: Step, last: dt.date | None) -> Finding | None:
        """What is required, when it is met. A level that requires nothing is never given by itself.

        One that was given before and has lapsed is not given again for the same: where the rule
        says how it is renewed, all must be done anew; where it does not, something must.
        """
        if not step.required.parts:
            return None
        if last is not None and step.renewal is not None:
            found = check(step.required, done_since(self.record, last))
            self.findings[step.level] = found
            return found if found.is_met else None
        found = self.findings[step.level] = check(step.required, self.record)
        if not found.is_met:
            return None
        return found if last is None or (found.since is not None and found.since > last) else None

    def _lasts(self, step: Step, day: dt.date) -> dt.date | None:
        return add_months(day, step.valid_months) if step.valid_months else None

    def hold(self, gift: Gift) -> None:
        """The level is held from now on, as far as the rest of the ladder is concerned."""
        before, on = self.held(gift.step), self.record.on
        since = before.since if before is not None else on
        self.levels[gift.step.level] = HeldLevel(since, gift.until, PENDING, on)
        self.given_now.add(gift.step.level)

    def ended_by_newer(self, step: Step) -> Iterable[End]:
        """Awards by older rules, when the rule ends them for whoever does not meet it, nor renews by it."""
        held, last = self.held(step), self.last_given(step)
        if held is None or last is None or step.ends_older_on is None or step.ends_older_on > self.record.on:
            return
        rows = [row for row in self.given[step.level] if row.until is None or row.until > self.record.on]
        if any(row.rule_id == step.rule_id for row in rows) or check(step.required, self.record).is_met:
            return
        renewed = self._renewal(step, last)
        if renewed is None or not renewed.is_met:
            yield self._end(step, held, step.ends_older_on)

    def unfinished(self, step: Step) -> Iterable[End]:
        """Awards that lapse because the level after it was not reached in time."""
        held, due = self.held(step), self._due(step)
        if held is not None and due is not None and due <= self.record.on:
            yield self._end(step, held, due)

    def _due(self, step: Step) -> dt.date | None:
        """The day by which the next level must be reached, counted from when this one was; an extension moves it."""
        held = self.held(step)
        if step.lapses_unless_next_within is None or held is None or step.after in self.levels:
            return None
        extended = [row.until for row in self.given.get(step.level, ()) if row.origin == EXTENDED and row.until]
        return max([add_months(held.since, step.lapses_unless_next_within), *extended])

    def _end(self, step: Step, held: HeldLevel, on: dt.date) -> End:
        rows = [row for row in self.given.get(step.level, ()) if row.until is None or row.until > on]
        self.levels[step.level] = replace(held, until=on)
        return End(step, on, tuple(row.pk for row in rows))

    def looks(self, step: Step) -> Iterable[dt.date | None]:
        """The days on which time alone may change something about the level."""
        held, last = self.held(step), self.last_given(step)
        if held is None:
            finding = self.findings.get(step.level)
            if finding is not None:
                yield finding.until if finding.is_met else finding.changes_on
        else:
            yield self._due(step)
            yield held.until
            if held.until is not None and step.renewal is not None:
                yield renewable_from(held.until, step.valid_months)
            if step.ends_older_on is not None:
                yield step.ends_older_on
        if held is None or (held.until and self.record.on >= renewable_from(held.until, step.valid_months)):
            renewed = self._renewal(step, last)
            if renewed is not None and not renewed.is_met:
                yield renewed.changes_on
