"""Plans follow a reorganisation, and go back with it, every column of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from courses.planning import following
from courses.planning.models import CompetencePlan, Goal, Milestone
from courses.planning.services import close_plan
from courses.planning.terms import follow_the_day
from courses.planning.waiting import follow_waiting
from lms.organisation.models import Body, Term, Unit
from lms.organisation.services import end_term
from lms.reorganisation.applying import carry_out, passage_of, take_back
from lms.reorganisation.gathering import decision_of, facts_for
from lms.reorganisation.models import Reorganisation
from lms.reorganisation.plan import draw_plan
from lms.reorganisation.preview import why_not_undone
from lms.reorganisation.services import choose_for_body, place_people
from tests.courses.planning.conftest import START, Scene
from tests.factories import organisation, plans
from tests.lms.reorganisation.drafting import KIND, draft, new_unit, row, whole_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ON = dt.date(2026, 3, 1)


def everything() -> dict[str, Any]:
    """Every row of where people stand, and of plans."""
    models = (CompetencePlan, Milestone, Goal)
    return whole_organisation() | {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


def merger(scene: Scene, *, on: dt.date = ON, keeps_board: bool = True) -> Reorganisation:
    """The branch goes into a new one, and its board goes on there."""
    drafted = draft(on)
    whole = new_unit(drafted, "ny", under=scene.county)
    row(drafted, KIND.MERGE, scene.branch, target=whole)
    if keeps_board:
        choose_for_body(reorganisation=drafted, body=scene.board, goes_on=True, target=whole, by=None)
    return drafted


def applied(drafted: Reorganisation) -> Reorganisation:
    carry_out(reorganisation=drafted, by=None)
    drafted.refresh_from_db()
    return drafted


def sentences(drafted: Reorganisation) -> list[str]:
    decision = decision_of(drafted)
    passage = passage_of(draw_plan(decision, facts_for(decision)), {}, {})
    with translation.override("en"):
        return [str(sentence) for sentence in following.preview(passage)]


def test_plans_follow_a_body_that_goes_on_and_come_back(scene: Scene) -> None:
    term = scene.elect(until=dt.date(2027, 1, 1))
    of_board, of_branch = plans.make_plan(body=scene.board), plans.make_plan(unit=scene.branch)
    scene.go_to(ON)
    drafted, before = merger(scene), everything()
    assert sentences(drafted) == [
        "1 plan of a body goes on with it.",
        "1 person keeps the plan for the office.",
        "1 plan of a unit goes to the unit that takes over everybody else. The others get none.",
    ]
    assert everything() == before
    done = applied(drafted)
    new = Unit.objects.get(code="ny")
    body, own = Body.objects.get(unit=new), scene.plan()
    of_board.refresh_from_db()
    of_branch.refresh_from_db()
    assert (of_board.body, of_branch.unit, own.body) == (body, new, body)
    assert (own.term, own.state) == (Term.objects.get(body=body), "active")
    assert own.term != term
    assert follow_the_day(on=ON) == 0
    assert why_not_undone(done) == []
    take_back(reorganisation=done, by=None)
    assert everything() == before


def test_plans_of_a_body_that_ends_are_closed_and_opened_again(scene: Scene) -> None:
    scene.elect()
    of_board = plans.make_plan(body=scene.board)
    scene.go_to(ON)
    drafted, before = merger(scene, keeps_board=False), everything()
    assert sentences(drafted) == ["2 plans close with their offices. They can still be read."]
    done = applied(drafted)
    of_board.refresh_from_db()
    own = scene.plan()
    assert (of_board.closed_reason, own.closed_reason, own.closed_on) == ("body closed", "term ended", ON)
    take_back(reorganisation=done, by=None)
    assert everything() == before


def test_a_split_units_plan_goes_to_the_heir_of_everybody_else(scene: Scene) -> None:
    plan = plans.make_plan(unit=scene.branch)
    member = organisation.make_member(of=scene.branch)
    scene.go_to(ON)
    drafted = draft(ON)
    (few,) = row(drafted, KIND.SPLIT, scene.branch, target=scene.county)
    place_people(change=few, members=[member], by=None)
    row(drafted, KIND.SPLIT, scene.branch, target=scene.other_county, is_rest=True)
    applied(drafted)
    plan.refresh_from_db()
    assert plan.unit == scene.other_county


def test_one_for_a_day_to_come_touches_no_plan_before_it(scene: Scene) -> None:
    scene.elect(until=dt.date(2027, 1, 1))
    of_board = plans.make_plan(body=scene.board)
    done = applied(merger(scene))
    of_board.refresh_from_db()
    assert of_board.body == scene.board
    scene.go_to(ON)
    assert (follow_waiting(on=ON), follow_the_day(on=ON)) == (1, 0)
    of_board.refresh_from_db()
    body = Body.objects.get(unit__code="ny")
    assert (of_board.body, scene.plan().body, scene.plan().state) == (body, body, "active")
    assert follow_waiting(on=ON) == 0
    take_back(reorganisation=done, by=None)
    of_board.refresh_from_db()
    assert (of_board.body, scene.plan().body, scene.plan().state) == (scene.board, scene.board, "active")


def test_undone_before_its_day_nothing_is_left_to_do(scene: Scene) -> None:
    scene.elect()
    before = everything()
    drafted = merger(scene)
    take_back(reorganisation=applied(drafted), by=None)
    scene.go_to(ON)
    assert follow_waiting(on=ON) == 0
    assert everything() == before


def test_what_was_closed_by_hand_since_stays_closed_at_undo(scene: Scene) -> None:
    plan = plans.make_plan(body=scene.board)
    scene.go_to(ON)
    done = applied(merger(scene))
    plan.refresh_from_db()
    close_plan(plan=plan, reason="done", by=None)
    take_back(reorganisation=done, by=None)
    plan.refresh_from_db()
    assert (plan.body, plan.state, plan.closed_reason) == (scene.board, "closed", "done")


def test_elected_again_after_the_merger_one_goes_on_with_the_plan(scene: Scene) -> None:
    term = scene.elect()
    scene.go_to(dt.date(2026, 2, 1))
    end_term(term=term, on=dt.date(2026, 2, 1), by=None)
    scene.go_to(ON)
    applied(merger(scene))
    body = Body.objects.get(unit__code="ny")
    scene.elect(since=ON, body=body)
    assert (scene.plan().body, scene.plan().state, scene.plan().valid_from) == (body, "active", START)
