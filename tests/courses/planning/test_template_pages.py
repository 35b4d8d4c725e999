"""Templates: a new version written piece by piece, taken into use, and taken into plans that are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from courses.planning.models import PlanTemplate, TemplateGoal
from courses.planning.queries import templates_on
from courses.planning.template_drafts import draft_template, is_draft
from tests.factories import organisation
from tests.factories.plans import TASK, goals_of, level_goal, make_plan, make_template

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 14)


@pytest.fixture(autouse=True)
def _day(set_today: Callable[[dt.date], None]) -> None:
    set_today(TODAY)


@pytest.fixture
def writer(client: Client):
    nation, nordland, _oslo, bodo = organisation.make_tree()
    chief = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(chief, "administrator", unit=nation)
    client.force_login(chief)
    return chief, nordland, bodo


def test_a_version_being_written_changes_nothing_in_use(client: Client, writer):
    template = make_template()
    client.post("/plans/templates/plan-leder/1/copy/")
    client.post("/plans/templates/plan-leder/1/copy/")
    draft = PlanTemplate.objects.get(number=2)
    assert is_draft(draft)
    assert draft.stages.count() == 2
    assert templates_on(TODAY) == [template]


def test_it_is_written_and_taken_into_use(client: Client, writer):
    draft = draft_template(template=make_template(), by=None)
    place = "/plans/templates/plan-leder/2"
    client.post(f"{place}/name/", {"title_nb": "Ny leder"})
    client.post(f"{place}/stages/2/", {"months": "6", "action_nb": "Overlevering"})
    client.post(f"{place}/stages/2/goal/?kind=task", {"task": "Skriv en liste"})
    client.post(f"{place}/adopt/", {"on": "2026-04-01", "decision": "Landsstyret"})
    draft.refresh_from_db()
    old = PlanTemplate.objects.get(number=1)
    assert (str(draft), draft.valid_from, draft.decision) == ("Ny leder", dt.date(2026, 4, 1), "Landsstyret")
    assert old.valid_until == dt.date(2026, 4, 1)
    assert TemplateGoal.objects.filter(stage__template=draft).count() == 2
    assert client.get(f"{place}/name/").status_code == 404


def test_a_version_in_use_is_not_rewritten(client: Client, writer):
    make_template()
    assert client.get("/plans/templates/plan-leder/1/stages/1/").status_code == 404


def test_a_stage_is_not_taken_away_below_a_year(client: Client, writer):
    template = make_template([[TASK]], months=12)
    draft = draft_template(template=template, by=None)
    client.post("/plans/templates/plan-leder/2/stages/1/", {"act": "remove"})
    assert draft.stages.count() == 1


def test_thrown_away_the_version_in_use_goes_on_without_an_end(client: Client, writer):
    template = make_template()
    draft_template(template=template, by=None)
    client.post("/plans/templates/plan-leder/2/discard/")
    template.refresh_from_db()
    assert template.valid_until is None


def test_who_keeps_a_county_reads_templates_and_writes_none(client: Client, writer):
    make_template()
    keeper = organisation.make_member("Nils")
    organisation.make_appointment(keeper, "administrator", unit=writer[1])
    client.force_login(keeper)
    assert client.get("/plans/templates/plan-leder/1/").status_code == 200
    assert client.post("/plans/templates/plan-leder/1/copy/").status_code == 404


def test_what_is_new_is_taken_into_a_plan_by_choice(client: Client, writer):
    template = make_template()
    kari = organisation.make_member(of=writer[2])
    plan = make_plan(kari, template=template)
    make_template([[TASK, level_goal()], []], since=dt.date(2026, 2, 1))
    address = f"/plans/{plan.public_id}/changes/"
    shown = client.get(address).content.decode()
    gain = TemplateGoal.objects.get(stage__template__number=2, kind="level")
    assert f'value="gains-{gain.pk}"' in shown
    client.post(address, {"take": f"gains-{gain.pk}"})
    assert [goal.kind for goal in goals_of(plan)] == ["task", "level"]


def test_goals_are_added_changed_moved_and_taken_away(client: Client, writer):
    plan = make_plan(organisation.make_member(of=writer[2]))
    place = f"/plans/{plan.public_id}/goals"
    client.post(f"{place}/add/2/?kind=task", {"task": "Skriv"})
    added = goals_of(plan)[1]
    client.post(f"{place}/{added.pk}/", {"task": "Skriv mer", "stage": "1"})
    added.refresh_from_db()
    assert (added.task, added.milestone.order) == ({"nb": "Skriv mer"}, 1)
    client.post(f"{place}/{added.pk}/remove/")
    assert len(goals_of(plan)) == 1


def test_a_goal_without_its_what_is_told_at_the_field(client: Client, writer):
    plan = make_plan(organisation.make_member(of=writer[2]))
    answer = client.post(f"/plans/{plan.public_id}/goals/add/1/?kind=competence", {"within_days": "500"})
    assert answer.status_code == 422
    assert answer.content.decode().count("ds-validation-message") == 3
