"""Evaluation: gathered, decided and written for a thousand people at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from courses.progression.gathering import gather
from courses.progression.giving import Outcome, decide
from courses.progression.looks import write_looks
from courses.progression.models import Award, AwardEnding
from courses.progression.signals import level_awarded
from courses.progression.trees import ladder_on


def evaluate_portion(ids: Sequence[int], day: dt.date) -> list[Award]:
    """Give, renew and end what the rules of the day say, for at most a thousand people."""
    ladder = ladder_on(day)
    outcomes = {pk: decide(ladder, one.record, one.given) for pk, one in sorted(gather(ids, on=day).items())}
    awards = append_awards([row for pk, outcome in outcomes.items() for row in _awards(pk, outcome, day)])
    endings = [row for outcome in outcomes.values() for row in _endings(outcome)]
    if endings:
        AwardEnding.objects.bulk_create(endings, ignore_conflicts=True, batch_size=500)
    write_looks({pk: outcome.look_on for pk, outcome in outcomes.items()})
    return awards


def append_awards(rows: list[Award]) -> list[Award]:
    """Write awards and announce them; one that a simultaneous evaluation wrote first is left as it is."""
    if not rows:
        return []
    Award.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    written = list(Award.objects.filter(public_id__in=[row.public_id for row in rows]))
    if written:
        level_awarded.send(Award, ids=[award.pk for award in written])
    return written


def _awards(member_id: int, outcome: Outcome, day: dt.date) -> list[Award]:
    return [
        Award(
            member_id=member_id,
            level_id=gift.step.level_id,
            rule_id=gift.step.rule_id,
            awarded_on=day,
            valid_until=gift.until,
            origin=gift.origin,
            facts=list(gift.facts),
        )
        for gift in outcome.gifts
    ]


def _endings(outcome: Outcome) -> list[AwardEnding]:
    return [
        AwardEnding(award_id=pk, on=end.on, decision=end.step.decision, rule_id=end.step.rule_id)
        for end in outcome.ends
        for pk in end.awards
    ]
