"""Who sees a plan, who keeps it, who makes one, and who agrees to it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from courses.planning import reach, services
from courses.planning.models import CompetencePlan
from courses.planning.queries import plans_kept_by, plans_seen_by
from lms.members.models import Member
from lms.organisation.access import Role
from lms.organisation.models import Term
from tests.courses.planning.conftest import START, Scene
from tests.factories import organisation, plans

pytestmark = pytest.mark.django_db
State = CompetencePlan.State


@pytest.fixture
def people(scene: Scene) -> dict[str, Member]:
    """Those who might want to: in the board, in the unit above, elsewhere, and nobody."""
    found = {"kari": scene.kari}
    for name in ("chair", "deputy", "training", "secretary"):
        found[name] = organisation.make_member(name, of=scene.branch)
        seat(scene, found[name], name)
    seat(scene, scene.kari, "treasurer")
    for name, unit in (("above", scene.county), ("elsewhere", scene.other_county)):
        found[name] = organisation.make_member(name, of=unit)
        organisation.make_appointment(found[name], Role.ADMINISTRATOR, unit=unit)
    return found | {"outside": organisation.make_member("outside", of=scene.branch)}


def seat(scene: Scene, member: Member, office: str) -> Term:
    told = {"office": organisation.make_office(office), "body": scene.board, "valid_from": START}
    return Term.objects.create(member=member, **told)


KEEPERS = {"chair", "deputy", "training", "above"}
BOARD = {"chair", "deputy", "training", "secretary", "kari"}


def who(people: dict[str, Member], rule: object, plan: CompetencePlan) -> set[str]:
    return {name for name, member in people.items() if rule(plan, member)}  # type: ignore[operator]


def test_the_plan_of_a_body(scene: Scene, people: dict[str, Member]) -> None:
    plan = plans.make_plan(body=scene.board)
    assert who(people, reach.may_see, plan) == BOARD | {"above"}
    assert who(people, reach.may_keep, plan) == who(people, reach.may_agree, plan) == KEEPERS


def test_a_persons_plan_for_an_office_in_a_body(scene: Scene, people: dict[str, Member]) -> None:
    office = organisation.make_office("treasurer")
    plan = plans.make_plan(scene.kari, body=scene.board, office=office)
    assert who(people, reach.may_see, plan) == who(people, reach.may_tick, plan) == KEEPERS | {"kari"}
    assert who(people, reach.may_change, plan) == who(people, reach.may_agree, plan) == KEEPERS
    plan.state = State.DRAFT
    assert who(people, reach.may_change, plan) == KEEPERS | {"kari"}


def test_a_persons_own_plan_is_seen_by_nobody_on_the_board_but_who_trains_there(
    scene: Scene, people: dict[str, Member]
) -> None:
    plan = plans.make_plan(scene.kari)
    assert who(people, reach.may_see, plan) == {"kari", "training", "above"}


def test_the_plan_of_a_unit_is_seen_by_its_officers(scene: Scene, people: dict[str, Member]) -> None:
    plan = plans.make_plan(unit=scene.branch)
    assert who(people, reach.may_see, plan) == BOARD | {"above"}
    assert who(people, reach.may_keep, plan) == {"training", "above"}


def test_nobody_agrees_to_their_own_plan(scene: Scene, people: dict[str, Member]) -> None:
    chair = people["chair"]
    plan = plans.make_plan(chair, body=scene.board, office=organisation.make_office("chair"), state=State.DRAFT)
    with pytest.raises(PermissionDenied):
        services.agree_plan(plan=plan, by=chair)
    assert services.agree_plan(plan=plan, by=people["deputy"]).state == State.AGREED


def test_who_makes_a_plan_for_whom(scene: Scene, people: dict[str, Member]) -> None:
    for_kari = {"member": scene.kari, "body": None, "unit": None}
    assert {n for n, m in people.items() if reach.may_make(m, **for_kari)} == {"kari", "training", "above"}
    in_body = {**for_kari, "body": scene.board}
    assert {n for n, m in people.items() if reach.may_make(m, **in_body)} == KEEPERS | {"kari"}
    for_body = {"member": None, "body": scene.board, "unit": None}
    assert {n for n, m in people.items() if reach.may_make(m, **for_body)} == KEEPERS
    for_unit = {"member": None, "body": None, "unit": scene.branch}
    assert {n for n, m in people.items() if reach.may_make(m, **for_unit)} == {"training", "above"}


def test_the_services_ask(scene: Scene, people: dict[str, Member]) -> None:
    plan, outside = plans.make_plan(scene.kari), people["outside"]
    goal = plans.goals_of(plan)[0]
    for refused in (
        lambda: services.make_plan(template=scene.template, member=scene.kari, start=START, by=outside),
        lambda: services.make_plans(template=scene.template, member_ids=[scene.kari.pk], by=outside),
        lambda: services.change_goal(goal=goal, by=scene.kari, within_days=3),
        lambda: services.tick_task(goal=goal, by=outside),
        lambda: services.review_plan(plan=plan, words="", by=outside),
        lambda: services.carry_over(plan=plan, by=outside),
        lambda: services.close_plan(plan=plan, reason="done", by=outside),
        lambda: services.reopen_plan(plan=plan, by=scene.kari),
        lambda: services.take_back_plan(plan=plan, by=outside),
        lambda: services.activate_plan(plan=plan, by=outside),
        lambda: services.discard_plan(plan=plan, by=outside),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_an_office_that_ended_keeps_no_plan(scene: Scene, people: dict[str, Member]) -> None:
    plan = plans.make_plan(body=scene.board)
    Term.objects.filter(member=people["chair"]).update(valid_until=START.replace(month=2))
    scene.go_to(START.replace(month=2))
    assert not reach.may_see(plan, people["chair"])


def test_nobody_signed_in_sees_nothing(scene: Scene) -> None:
    plans.make_plan(scene.kari)
    anonymous = AnonymousUser()
    assert not plans_seen_by(anonymous).exists()
    assert not plans_kept_by(anonymous).exists()
    assert not reach.may_make(anonymous, member=scene.kari, body=None, unit=None)


def test_an_act_upon_somebody_elses_plan_is_on_their_trail_and_ones_own_is_not(scene: Scene, people) -> None:
    from lms.audit.models import Entry, subject_key

    plan = plans.make_plan(scene.kari, state=State.ACTIVE)
    goal = plans.goals_of(plan)[0]
    Entry.objects.all().delete()
    services.tick_task(goal=goal, by=scene.kari)
    assert not Entry.objects.exists()
    services.tick_task(goal=goal, by=people["above"])
    entry = Entry.objects.get()
    assert (entry.act, entry.actor) == ("tick_task", people["above"].public_id)
    assert entry.subject == subject_key("member", scene.kari.public_id)
