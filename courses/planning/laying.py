"""Many plans of one template with their stages and goals, in statements over sets, however many people.

A stage's days depend on the plan's first day and the months before it, so plans that begin on
the same day are laid together.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

from courses.planning.models import (
    CompetencePlan,
    Goal,
    GoalFields,
    Milestone,
    PlanTemplate,
    TemplateGoal,
    TemplateStage,
)
from courses.planning.stretches import stretched
from lms.members.models import Member
from lms.organisation.models import Office, Term
from lms.periods import Period

AT_A_TIME = 5_000
COPIED = tuple(field.attname for field in GoalFields._meta.get_fields() if isinstance(field, models.Field))
"""What a goal of a template and a goal of a plan have in common."""


def write_plans(
    template: PlanTemplate, *, terms: Sequence[int], people: Sequence[int], period: Period, state: str
) -> list[int]:
    """Plans of a template for holders of terms, and for people who prepare for the office. Returns their keys."""
    made_at = timezone.now()
    told = [state, connection.ops.adapt_datetimefield_value(made_at), *_days(period), template.pk]
    for some in _some(terms):
        _insert_plans(Term, "o.member_id, o.office_id, o.body_id, o.id", told, some)
    for some in _some(people):
        _insert_plans(Member, f"o.id, {_office()}, NULL, NULL", told, some)
    rows = CompetencePlan.objects.filter(template=template, made_at=made_at)
    return list(rows.values_list("pk", flat=True))


def lay(starting: Mapping[dt.date, Sequence[int]], stages: Sequence[TemplateStage]) -> None:
    """Give freshly made plans of one template their stages and goals. ``starting``: first day → keys of plans."""
    for start, keys in starting.items():
        periods = stretched(start, [stage.months for stage in stages])
        for some in _some(keys):
            for stage, period in zip(stages, periods, strict=True):
                _insert_stage(stage, period, some)
            _insert_goals(some)


def by_start(plans: Iterable[CompetencePlan]) -> dict[dt.date, list[int]]:
    """The keys of plans by their first day."""
    found: dict[dt.date, list[int]] = defaultdict(list)
    for plan in plans:
        found[plan.valid_from].append(plan.pk)
    return found


def _insert_plans(owner: type[models.Model], whose: str, told: Sequence[Any], keys: Sequence[int]) -> None:
    """A plan for each row of ``owner``; ``whose`` are its member, office, body and term in SQL."""
    names = [
        "member_id", "office_id", "body_id", "term_id", "public_id", "title", "template_id", "state", "closed_reason",
        "made_at", "valid_from", "valid_until",
    ]  # fmt: skip
    new_id = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    _run(
        f"INSERT INTO {_table(CompetencePlan)} ({_names(names)}) "  # noqa: S608 - names only
        f"SELECT {whose}, {new_id}, t.title, t.id, %s, '', %s, %s, %s "
        f"FROM {_table(owner)} o, {_table(PlanTemplate)} t WHERE t.id = %s AND o.id IN ({_marks(keys)})",
        [*told, *keys],
    )


def _office() -> str:
    """The national office a template is for, in SQL."""
    return f"(SELECT id FROM {_table(Office)} WHERE {_q('key')} = t.office_key AND unit_id IS NULL)"  # noqa: S608


def _insert_stage(stage: TemplateStage, period: Period, plans: Sequence[int]) -> None:
    names = ["plan_id", "order", "action", "review", "valid_from", "valid_until"]
    _run(
        f"INSERT INTO {_table(Milestone)} ({_names(names)}) "  # noqa: S608 - names only
        f"SELECT p.id, s.{_q('order')}, s.action, s.review, %s, %s "
        f"FROM {_table(CompetencePlan)} p, {_table(TemplateStage)} s WHERE s.id = %s AND p.id IN ({_marks(plans)})",
        [*_days(period), stage.pk, *plans],
    )


def _insert_goals(plans: Sequence[int]) -> None:
    _run(
        f"INSERT INTO {_table(Goal)} ({_names([*COPIED, 'milestone_id'])}) "  # noqa: S608 - names only
        f"SELECT {', '.join(f'g.{_q(name)}' for name in COPIED)}, m.id "
        f"FROM {_table(Milestone)} m JOIN {_table(CompetencePlan)} p ON p.id = m.plan_id "
        f"JOIN {_table(TemplateStage)} s ON s.template_id = p.template_id AND s.{_q('order')} = m.{_q('order')} "
        f"JOIN {_table(TemplateGoal)} g ON g.stage_id = s.id WHERE p.id IN ({_marks(plans)})",
        plans,
    )


def _days(period: Period) -> list[Any]:
    return [connection.ops.adapt_datefield_value(day) for day in (period.start, period.until)]


def _run(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_A_TIME):
        yield keys[start : start + AT_A_TIME]


def _table(model: type[models.Model]) -> str:
    return _q(model._meta.db_table)


def _names(names: Sequence[str]) -> str:
    return ", ".join(_q(name) for name in names)


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
