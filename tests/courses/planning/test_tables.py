"""The tables of docs/algorithms/plans.md, replayed: states, progress, elections, the forecast, a newer template."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from courses.planning.comparing import compare
from courses.planning.continuing import way_of
from courses.planning.forecast import forecast
from courses.planning.models import CompetencePlan, Goal, TemplateGoal
from courses.planning.progress import Reached, due_of, needed, state_of
from courses.planning.states import Act, demand
from courses.planning.stretches import further_stage, half_years, stretched
from courses.progression.engine import add_months
from lms.organisation.models import Term
from lms.periods import Period
from tests.tables import examples, shown

State = CompetencePlan.State
PAGE = "plans.md"
STAGE = Period(dt.date(2026, 1, 1), dt.date(2026, 7, 1))


@pytest.mark.parametrize("example", examples(PAGE, "What may be done when"), ids=shown)
def test_only_what_the_page_allows_may_be_done(example: dict[str, str]) -> None:
    for state in State:
        after = example[state]
        if after == "–":
            with pytest.raises(ValidationError):
                demand(Act(example["act"]), state)
        else:
            assert demand(Act(example["act"]), state) == {"gone": State.DRAFT}.get(after, after)


def test_every_act_stands_on_the_page() -> None:
    assert {example["act"] for example in examples(PAGE, "What may be done when")} == set(Act)


@pytest.mark.parametrize("example", examples(PAGE, "How far a goal has come"), ids=shown)
def test_a_goal_has_come_as_far_as_the_page_says(example: dict[str, str]) -> None:
    total = int(example["asked"])
    needs = example["needs"]
    least = {} if needs == "all" else {"share": int(needs[:-2])} if needs.endswith("%") else {"count": int(needs)}
    within = None if example["within days"] == "–" else int(example["within days"])
    due = due_of(STAGE, within)
    assert due.isoformat() == example["due"]
    reached = Reached(int(example["done"]), int(example["begun"]), total)
    on, is_over = dt.date.fromisoformat(example["day"]), example["over"] == "yes"
    assert state_of(reached, needs=needed(total, **least), due=due, on=on, is_over=is_over) == example["state"]


@pytest.mark.parametrize("example", examples(PAGE, "What an election means"), ids=shown)
def test_an_election_means_what_the_page_says(example: dict[str, str]) -> None:
    start = dt.date(2026, 3, 1)
    term = Term(pk=2, member_id=1, office_id=1, body_id=1, valid_from=start)
    plans = []
    if example["before"] != "none":
        before = example["before"]
        plan = CompetencePlan(pk=1, member_id=1, office_id=1, body_id=None if "prepare" in before else 1)
        plan.term_id = 2 if "the same" in before else 1
        plan.valid_from = add_months(start, -12 * int(example["plan has run"].split()[0]))
        plan.state = State.CLOSED if before == "closed" else State.ACTIVE
        if before == "closed":
            plan.closed_reason = example["closed because"]
            plan.closed_on = start - dt.timedelta(days=int(example["gap"]))
        plans.append(plan)
    assert way_of(term, plans)[0] == example["then"]


@pytest.mark.parametrize("example", examples(PAGE, "Will it be reached"), ids=shown)
def test_the_forecast_says_what_the_page_says(example: dict[str, str]) -> None:
    shares = [float(share) for share in example["shares"].replace("–", "").split()]
    points = [(dt.date(2026, month, 1), share) for month, share in enumerate(shares, start=1)]
    found = forecast(points, float(example["target"]), dt.date(2027, 1, 1))
    assert found.verdict == example["verdict"]
    if example["expected"] != "–":
        assert found.expected == float(example["expected"])


def _goals(words: str, make: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, word in enumerate(words.replace("–", "").split(), start=1):
        found.setdefault(int(word[1:]), []).append(make(pk=number, kind="task", task={"nb": word[0]}))
    return found


@pytest.mark.parametrize("example", examples(PAGE, "A newer template"), ids=shown)
def test_a_newer_template_means_what_the_page_says(example: dict[str, str]) -> None:
    own = _goals(example["plan"], Goal)
    reached = [g.pk for goals in own.values() for g in goals if g.task["nb"] in example["reached"]]
    new = _goals(example["new version"], TemplateGoal)
    changes = compare(own, _goals(example["old version"], TemplateGoal), new, reached)
    places = {id(goal): place for goals in (own, new) for place, some in goals.items() for goal in some}
    said = SimpleNamespace(
        gains=[f"{goal.task['nb']}{places[id(goal)]}" for goal in changes.gains],
        losses=[f"{goal.task['nb']}{places[id(goal)]}" for goal in changes.losses],
        moves=[f"{goal.task['nb']}{place}" for goal, place in changes.moves],
    )
    for name in ("gains", "losses", "moves"):
        assert (" ".join(getattr(said, name)) or "–") == example[name]


def test_stages_follow_each_other_without_a_gap_and_without_sliding() -> None:
    stages = stretched(dt.date(2028, 2, 29), half_years(4))
    assert len(stages) == 8
    assert all(one.until == other.start for one, other in pairwise(stages))
    assert stages[-1].until == dt.date(2032, 2, 29)


@pytest.mark.parametrize(
    ("ends", "until", "expected"),
    [
        ("2030-01-01", "2030-01-01", "2031-01-01"),
        ("2030-01-01", "2030-06-01", "2030-06-01"),
        ("2030-01-01", "2032-01-01", "2031-01-01"),
        ("2031-06-01", "2034-01-01", "2032-01-01"),
        ("2032-01-01", "2034-01-01", "–"),
    ],
)
def test_a_further_stage_is_at_most_a_year_and_within_six(ends: str, until: str, expected: str) -> None:
    start = dt.date(2026, 1, 1)
    found = further_stage(start, dt.date.fromisoformat(ends), dt.date.fromisoformat(until))
    assert str(found.until if found else "–") == expected
