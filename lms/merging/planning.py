"""Gathering the rows of two records and letting each model's rule decide: what preview shows and merge does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone

from lms.members.models import Member
from lms.merging.person import can_sign_in, own_row_steps
from lms.merging.registry import Rule, rule_of, rules
from lms.merging.relations import keyed_models, rows_of
from lms.merging.steps import Change, Pair, Removal, Step
from lms.organisation.models import Membership


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one model's rows."""

    rule: Rule
    steps: list[Step]
    absorbed: int
    """rows that hang on the absorbed record"""

    @property
    def coincide(self) -> int:
        """Rows that go because the person has the same already."""
        return sum(isinstance(step, Removal) for step in self.steps)

    @property
    def follow(self) -> int:
        """Rows that change hands."""
        moved = {step.pk for step in self.steps if isinstance(step, Change) and _changes_hands(step)}
        return len(moved)


def _changes_hands(step: Change) -> bool:
    return any(key in step.after for key in keyed_models()[step.model])


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a merge does: the rows model by model, then the person's own two rows."""

    pair: Pair
    in_register: set[int]
    """which of the two are members today, by key"""
    parts: list[Part] = field(default_factory=list)
    own: list[Change] = field(default_factory=list)

    @property
    def steps(self) -> Iterator[Step]:
        """All of it, in order. The absorbed record's own row lets go first."""
        yield from self.own
        for part in self.parts:
            yield from part.steps


def make_plan(kept: Member, absorbed: Member) -> Plan:
    """What merging ``absorbed`` into ``kept`` would do now. Two queries a model with a rule, one for the others."""
    now = timezone.now()
    today = timezone.localdate()
    standing = Membership.objects.on(today).filter(member__in=[kept, absorbed])
    statuses = list(standing.values_list("member", "status"))
    both = can_sign_in(kept) and can_sign_in(absorbed)
    pair = Pair(kept, absorbed, now, today, belongs=bool(statuses), both_sign_in=both)
    in_register = {member for member, status in statuses if status == Membership.Status.MEMBER}
    parts = [part for model in _in_order() if (part := _part(model, pair)) is not None]
    return Plan(pair, in_register, parts, list(own_row_steps(pair, in_register)))


def _in_order() -> list[type[models.Model]]:
    """Models with a rule in the order they were registered (a room registers what is beneath first), then the rest."""
    keyed = keyed_models()
    ruled = [model for model in rules() if model in keyed]
    return ruled + [model for model in keyed if model not in rules()]


def _part(model: type[models.Model], pair: Pair) -> Part | None:
    absorbed = list(rows_of(model, pair.absorbed))
    rule = rule_of(model)
    kept = list(rows_of(model, pair.kept)) if model in rules() else []
    steps = list(rule.resolve(pair, kept, absorbed)) if absorbed or kept else []
    return Part(rule, steps, len(absorbed)) if steps or absorbed else None
