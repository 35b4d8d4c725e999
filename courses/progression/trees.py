"""Rules as pure trees: read from their rows, named, and kept, since they are read often and changed seldom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from django.db import transaction
from django.db.models import prefetch_related_objects

from courses.progression import kinds, rules
from courses.progression.giving import Step
from courses.progression.models import LevelRule, Requirement
from courses.progression.names import Names, names_on
from lms.keeping import forget, kept

SUBJECT = "level-rules"
FOLLOWED = {
    kinds.CourseCompleted: "course",
    kinds.PaperPassed: "paper",
    kinds.CompetenceHeld: "competence",
    kinds.LevelHeld: "level",
}
"""What the kinds refer to; read for all of a kind at once."""


@dataclass(frozen=True, slots=True)
class Trees:
    """What a rule requires, and what renews it where it says so."""

    required: rules.AllOf
    renewal: rules.AllOf | None


def trees_of(rule: LevelRule) -> Trees:
    """The trees of a rule. Those of an adopted one are kept: no query when they are warm."""
    if rule.adopted_at is None:
        return _read([rule.pk], names_on(rule.valid_from))[rule.pk]
    return kept(f"trees-{rule.pk}", SUBJECT, lambda: _read([rule.pk], names_on(rule.valid_from))[rule.pk])


def ladder_on(day: dt.date) -> tuple[Step, ...]:
    """Every level that has an adopted rule on a day, track by track, lowest first. Kept."""
    return kept(f"ladder-{day}", SUBJECT, lambda: _ladder(day))


def forget_rules() -> None:
    """Forget what is kept: at once for this transaction, and when it commits for everybody else."""
    forget(SUBJECT)
    transaction.on_commit(partial(forget, SUBJECT), robust=True)


def _ladder(day: dt.date) -> tuple[Step, ...]:
    in_force: dict[int, LevelRule] = {}
    rows = LevelRule.objects.adopted().on(day).select_related("level")
    for rule in rows.order_by("level__track__order", "level__track", "level__order", "valid_from"):
        in_force[rule.level_id] = rule
    trees = _read([rule.pk for rule in in_force.values()], names_on(day))
    levels = [rule.level for rule in in_force.values()]
    after = {one.key: two.key for one, two in pairwise(levels) if one.track_id == two.track_id}
    return tuple(step_of(rule, trees[rule.pk], after.get(rule.level.key, "")) for rule in in_force.values())


def step_of(rule: LevelRule, trees: Trees, after: str) -> Step:
    """A rule as evaluation needs it. ``after``: the key of the level that follows, or nothing."""
    return Step(
        level=rule.level.key,
        level_id=rule.level_id,
        rule_id=rule.pk,
        decision=rule.decision,
        required=trees.required,
        renewal=trees.renewal,
        valid_months=rule.valid_months,
        lapses_unless_next_within=rule.lapses_unless_next_within,
        ends_older_on=rule.ends_older_on,
        after=after,
    )


def _read(rule_ids: Sequence[int], names: Names) -> dict[int, Trees]:
    """The trees of these rules. A constant number of queries."""
    rows = list(Requirement.objects.filter(rule__in=rule_ids))
    for kind, followed in FOLLOWED.items():
        prefetch_related_objects([row for row in rows if isinstance(row, kind)], followed)
    beneath: dict[int | None, list[Requirement]] = defaultdict(list)
    roots: dict[tuple[int, str], list[Requirement]] = defaultdict(list)
    for row in rows:
        if row.parent_id is None:
            roots[row.rule_id, row.part].append(row)
        else:
            beneath[row.parent_id].append(row)
    builder = _Builder(names, beneath)
    found = {}
    for pk in rule_ids:
        required = builder.all_of(roots[pk, Requirement.Part.REQUIRED])
        renewal = builder.all_of(roots[pk, Requirement.Part.RENEWAL])
        found[pk] = Trees(rules.AllOf(required), rules.AllOf(renewal) if renewal else None)
    return found


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes trees of rows, each with what lies beneath it."""

    names: Names
    beneath: Mapping[int | None, Sequence[Requirement]]

    def all_of(self, rows: Iterable[Requirement]) -> tuple[rules.Rule, ...]:
        """What each row stands for; what may stand in for another is not among them."""
        return tuple(self.build(row) for row in rows if not isinstance(row, kinds.Equivalent))

    def build(self, row: Requirement) -> rules.Rule:
        """One row: named, and with what may stand in for it."""
        parts = self.beneath.get(row.pk, ())
        rule = self.names.named(row.as_rule(self.all_of(parts)))  # type: ignore[attr-defined]
        instead = [part for part in parts if isinstance(part, kinds.Equivalent)]
        if not instead and not row.key:
            return rule
        alternatives = (
            rules.Alternative(part.name, part.title, self.all_of(self.beneath.get(part.pk, ()))) for part in instead
        )
        return rules.Substitutable(row.key, rule, tuple(alternatives))
