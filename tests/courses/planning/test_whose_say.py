"""A plan takes two, and ends with the office: no way round by closing, no reading on after somebody has gone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from courses.planning import reach, services
from courses.planning.models import CompetencePlan
from lms.organisation.access import Role
from lms.organisation.models import Membership, Term
from tests.courses.planning.conftest import START, Scene
from tests.factories import organisation, plans
from tests.factories.courses import make_award, make_rule

pytestmark = pytest.mark.django_db
State = CompetencePlan.State


def seat(scene: Scene, name: str, office: str):
    member = organisation.make_member(name, of=scene.branch)
    Term.objects.create(member=member, office=organisation.make_office(office), body=scene.board, valid_from=START)
    return member


def test_nobody_gets_their_own_draft_under_way_by_closing_it_and_opening_it_again(scene: Scene, client: Client) -> None:
    chair, deputy = seat(scene, "Leder", "chair"), seat(scene, "Nestleder", "deputy")
    plan = plans.make_plan(chair, body=scene.board, office=organisation.make_office("chair"), state=State.DRAFT)
    services.close_plan(plan=plan, reason="done", by=chair)
    with pytest.raises(PermissionDenied):
        services.reopen_plan(plan=plan, by=chair)
    client.force_login(chair)
    assert client.post(f"/plans/{plan.public_id}/reopen/").status_code == 404
    assert f"/plans/{plan.public_id}/reopen/" not in client.get(f"/plans/{plan.public_id}/").content.decode()
    assert services.reopen_plan(plan=plan, by=deputy).state == State.ACTIVE


def test_the_plan_of_somebody_who_has_left_the_board_is_not_the_boards_to_read(scene: Scene) -> None:
    chair, gone = seat(scene, "Leder", "chair"), seat(scene, "Gikk Av", "treasurer")
    plan = plans.make_plan(gone, body=scene.board, office=organisation.make_office("treasurer"))
    assert reach.may_keep(plan, chair)
    Term.objects.filter(member=gone).update(valid_until=START.replace(month=3))
    scene.go_to(START.replace(month=3))
    assert not reach.may_see(plan, chair)
    assert reach.may_see(plan, gone)


def test_the_plan_of_somebody_who_has_left_is_not_the_administrators_to_read(scene: Scene) -> None:
    above, gone = organisation.make_member("Over", of=scene.county), seat(scene, "Meldt Ut", "treasurer")
    organisation.make_appointment(above, Role.ADMINISTRATOR, unit=scene.county)
    plan = plans.make_plan(gone, body=scene.board, office=organisation.make_office("treasurer"))
    assert reach.may_keep(plan, above)
    for rows in (Term.objects, Membership.objects):
        rows.filter(member=gone).update(valid_until=START.replace(month=3))
    scene.go_to(START.replace(month=3))
    assert not reach.may_see(plan, above)


def test_how_a_handful_stand_is_not_told_to_a_units_other_officers(scene: Scene, client: Client) -> None:
    make_rule()
    chair, secretary = seat(scene, "Leder", "chair"), seat(scene, "Sekretær", "secretary")
    make_award(chair, on=START)
    asked = plans.level_goal(is_coverage=True, offices=["chair"])
    plan = plans.make_plan(unit=scene.branch, goals=[[asked], []])
    client.force_login(secretary)
    page = client.get(f"/plans/{plan.public_id}/").content.decode()
    assert "t-goal--done" not in page
    assert "1 av 1" not in page and "1 of 1" not in page
    services.review_plan(plan=plan, words="Vi snakket", by=None)
    talk = client.get(f"/plans/{plan.public_id}/talks/{plan.reviews.get().public_id}/").content.decode()
    assert "1 av 1" not in talk and "1 of 1" not in talk


def test_a_closed_plan_names_nobody_who_sat_on_the_board_then(scene: Scene, client: Client) -> None:
    make_rule()
    gone, new = seat(scene, "Gikk Av", "treasurer"), seat(scene, "Ny Kasserer", "treasurer")
    plan = plans.make_plan(body=scene.board, goals=[[plans.level_goal(is_coverage=True)], []])
    services.close_plan(plan=plan, reason="done", by=None)
    scene.go_to(START.replace(month=3))
    Term.objects.filter(member=gone).update(valid_until=START.replace(month=2))
    client.force_login(new)
    assert "Gikk Av" not in client.get(f"/plans/{plan.public_id}/").content.decode()
