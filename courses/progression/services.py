"""Awarding levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from courses.progression.evaluating import append_awards, evaluate_portion
from courses.progression.models import Award, Level, LevelRule
from courses.progression.proofs import record_course_proofs
from courses.progression.queries import adopted_rules
from courses.progression.trees import forget_rules
from lms.audit.services import record_acts
from lms.members.models import Member
from lms.organisation import access
from lms.periods import add_months, today

__all__ = ["evaluate", "forget_rules", "record_awards", "record_course_proofs"]

AT_A_TIME = 1000


@transaction.atomic
def evaluate(*, member_ids: Iterable[int], on: dt.date | None = None) -> list[Award]:
    """Give these people every level they have earned by the rules of the day, renew and end what the rules say.

    Announces ``level_awarded``. A level with no requirements is never given by itself. One that
    has lapsed is not given again by the facts it was given for: it is renewed as its rule says,
    or earned anew. Also writes when to look at each again, as time alone may change something.
    """
    ids, day = sorted(set(member_ids)), on or today()
    given: list[Award] = []
    for start in range(0, len(ids), AT_A_TIME):
        given += evaluate_portion(ids[start : start + AT_A_TIME], day)
    return given


@transaction.atomic
def record_awards(
    *, level: Level, people: Sequence[tuple[Member, dt.date]], by: Member | None, source: str = ""
) -> list[Award]:
    """Enter awards given before or elsewhere, in bulk, each with the day it was reached.

    The rule of that day says how long each lasts; before there was one, the earliest adopted rule
    does. They wait for an administrator to issue the certificate. Who got one is evaluated: another
    level may have asked for it. A level without a rule gives none. Raises PermissionDenied when
    somebody lies outside the units whose levels ``by`` keeps, or is ``by``; ``by`` None is the installation.
    """
    if by is not None:
        units = access.units_with(by, access.Right.KEEP_LEVELS).values("pk")
        within = access.people_under(units, on=today()).exclude(pk=by.pk)
        wanted = {member.pk for member, _ in people}
        if within.filter(pk__in=wanted).count() != len(wanted):
            raise PermissionDenied("not everybody is in a unit whose levels you keep")
    rules = adopted_rules(level)
    facts = [f"recorded:{source}"] if source else []
    rows = [_recorded(member.pk, rule_for(day, rules), day, facts) for member, day in people] if rules else []
    awards = append_awards(rows)
    record_acts("record_award", by=by, subjects=[award.key for award in awards], level=level.key)
    evaluate(member_ids={award.member_id for award in awards})
    return awards


def rule_for(day: dt.date, rules: Sequence[LevelRule]) -> LevelRule:
    """The rule that had begun last by a day, else the earliest there is. ``rules``: the oldest first."""
    begun = [rule for rule in rules if rule.valid_from <= day]
    return begun[-1] if begun else rules[0]


def _recorded(member_id: int, rule: LevelRule, day: dt.date, facts: list[str]) -> Award:
    return Award(
        member_id=member_id,
        level_id=rule.level_id,
        rule=rule,
        awarded_on=day,
        valid_until=add_months(day, rule.valid_months) if rule.valid_months else None,
        origin=Award.Origin.RECORDED,
        facts=facts,
    )
