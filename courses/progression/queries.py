"""Where people stand to levels, on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from courses.progression.engine import Finding, check
from courses.progression.gathering import Gathered, gather
from courses.progression.models import Award, Level, LevelRule
from courses.progression.record import MemberRecord
from courses.progression.renewing import check_renewal
from courses.progression.rules import AllOf, Rule
from courses.progression.trees import trees_of
from lms.members.models import Member
from lms.periods import today


def gather_records(member_ids: Iterable[int], *, on: dt.date | None = None) -> dict[int, MemberRecord]:
    """The record of each person on a date. Six queries for each thousand people."""
    return {pk: one.record for pk, one in gather(member_ids, on=on).items()}


def rule_on(level: Level, day: dt.date) -> LevelRule | None:
    """The adopted rule of a level that holds on a date."""
    return LevelRule.objects.adopted().on(day).filter(level=level).order_by("-valid_from").first()


def adopted_rules(level: Level) -> list[LevelRule]:
    """The rules of a level that were adopted, the earliest first."""
    return list(LevelRule.objects.adopted().filter(level=level).order_by("valid_from", "pk"))


def tree_of(rule: LevelRule) -> AllOf:
    """What a rule requires, as one pure tree. An empty rule requires nothing. Kept, unless it is a draft."""
    return trees_of(rule).required


def renewal_of(rule: LevelRule) -> Rule | None:
    """What renews a level by a rule, or None when the rule says nothing of it. Kept, unless it is a draft."""
    return trees_of(rule).renewal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands to a level on a date.

    ``award``: the valid one that lasts longest; ``lapsed``: the newest there was, when none is
    valid; ``finding``: to what the level requires; ``renewal``: to what renews it, of a level
    that is or was held and whose rule says how.
    """

    level: Level
    rule: LevelRule
    finding: Finding
    award: Award | None
    renewal: Finding | None = None
    lapsed: Award | None = None

    @property
    def is_held(self) -> bool:
        """Whether the level is held and valid."""
        return self.award is not None

    @property
    def valid_until(self) -> dt.date | None:
        """The first day the level no longer holds, or held; None: it is for good, or was never held."""
        award = self.award or self.lapsed
        return end_of(award) if award is not None else None


def end_of(award: Award) -> dt.date | None:
    """The first day an award no longer holds: by its rule, or sooner by a decision. The ending must be at hand."""
    ending = getattr(award, "ending", None)
    return min((day for day in (award.valid_until, ending and ending.on) if day is not None), default=None)


def longest(awards: Sequence[Award]) -> Award | None:
    """The one that lasts longest, the newest of those that last as long."""
    return max(awards, key=lambda award: (end_of(award) or dt.date.max, award.awarded_on, award.pk), default=None)


def valid_awards(member: Member, *, on: dt.date | None = None) -> list[Award]:
    """The levels a person holds on a date, by the award of each that lasts longest. One query."""
    rows = Award.objects.valid_on(on or today()).filter(member=member)
    by_level: dict[int, list[Award]] = {}
    for award in rows.select_related("level__track", "rule", "ending").order_by("level__track", "-level__order"):
        by_level.setdefault(award.level_id, []).append(award)
    return [found for own in by_level.values() if (found := longest(own)) is not None]


def holders(
    level_keys: Collection[str], member_ids: Collection[int] | QuerySet[Member], on: dt.date | None = None
) -> dict[str, set[int]]:
    """Who of these people holds each of these levels on a date. One query."""
    rows = Award.objects.valid_on(on or today()).filter(level__key__in=level_keys, member__in=member_ids)
    found: dict[str, set[int]] = {key: set() for key in level_keys}
    for key, member in rows.values_list("level__key", "member"):
        found[key].add(member)
    return found


def standing_to(level: Level, member: Member, *, on: dt.date | None = None) -> Standing | None:
    """Where a person stands to a level, or None when no rule holds on the date."""
    day = on or today()
    rules = LevelRule.objects.adopted().on(day).filter(level=level)
    return next(iter(_standings(member, rules, day)), None)


def standings(member: Member, *, track: str = "leadership", on: dt.date | None = None) -> list[Standing]:
    """Where a person stands to each level of a track that has a rule on the date, lowest first. Eight queries."""
    day = on or today()
    return _standings(member, LevelRule.objects.adopted().on(day).filter(level__track__key=track), day)


def every_standing(member: Member, *, on: dt.date | None = None) -> list[Standing]:
    """The same for every track in use, track by track. Eight queries."""
    day = on or today()
    return _standings(member, LevelRule.objects.adopted().on(day).filter(level__track__archived_at=None), day)


def _standings(member: Member, rules: QuerySet[LevelRule], day: dt.date) -> list[Standing]:
    rows = rules.select_related("level__track", "certificate_course")
    rows = rows.order_by("level__track", "level__order", "valid_from")
    in_force = {rule.level_id: rule for rule in rows}
    if not in_force:
        return []
    person = gather([member.pk], on=day)[member.pk]
    given = Award.objects.counting(day).filter(member=member, level__in=list(in_force))
    awards: dict[int, list[Award]] = {}
    for award in given.select_related("level__track", "rule", "ending").order_by("awarded_on", "pk"):
        awards.setdefault(award.level_id, []).append(award)
    return [_standing(rule, person, awards.get(rule.level_id, []), day) for rule in in_force.values()]


def _standing(rule: LevelRule, person: Gathered, awards: Sequence[Award], day: dt.date) -> Standing:
    trees = trees_of(rule)
    valid = longest([award for award in awards if (end := end_of(award)) is None or end > day])
    renewal = None
    if trees.renewal is not None and awards:
        asked = [award.awarded_on for award in awards if award.origin != Award.Origin.EXTENDED]
        renewal = check_renewal(trees.renewal, person.record, max(asked or [award.awarded_on for award in awards]))
    return Standing(
        level=rule.level,
        rule=rule,
        finding=check(trees.required, person.record),
        award=valid,
        renewal=renewal,
        lapsed=None if valid is not None else longest(awards),
    )
