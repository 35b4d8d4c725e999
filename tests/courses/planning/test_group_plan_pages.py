"""The plan of a board and of a unit: coverage in figures, names within the board only, no small figure of others."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from courses.planning.models import CompetencePlan
from courses.planning.outlook import month_ends
from lms.organisation.models import Body
from tests.factories import organisation
from tests.factories.courses import make_award
from tests.factories.plans import level_goal, make_plan, make_template

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 14)
ALL = {"is_coverage": True}


@pytest.fixture(autouse=True)
def _day(set_today: Callable[[dt.date], None]) -> None:
    set_today(TODAY)


@pytest.fixture
def country():
    nation, nordland, oslo, bodo = organisation.make_tree()
    chief = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(chief, "administrator", unit=nation)
    return nation, nordland, oslo, bodo, chief


def seat(body: Body, *names: str, office: str = "board_member"):
    people = [organisation.make_member(name) for name in names]
    for one in people:
        body.terms.create(member=one, office=organisation.make_office(office), valid_from=organisation.LONG_AGO)
    return people


def page(client: Client, member, plan: CompetencePlan) -> str:
    client.force_login(member)
    answer = client.get(f"/plans/{plan.public_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_is_left_is_named_within_the_board_only(client: Client, country):
    *_, bodo, chief = country
    board = organisation.make_body(bodo)
    done, left = seat(board, "Nådd Nilsen", "Igjen Iversen")
    make_award(done)
    plan = make_plan(body=board, goals=[[level_goal(**ALL)], []])
    inside, outside = page(client, done, plan), page(client, chief, plan)
    assert "Igjen Iversen" in inside
    assert "Igjen Iversen" not in outside
    assert left.name not in outside


def test_a_unit_is_shown_unit_by_unit_where_there_are_enough(client: Client, country):
    nation, _nordland, oslo, bodo, chief = country
    many, few = organisation.make_body(bodo), organisation.make_body(oslo)
    people = seat(many, *(f"Bodø {n}" for n in range(7)))
    seat(few, *(f"Oslo {n}" for n in range(5)))
    make_award(people[0])
    plan = make_plan(unit=nation, goals=[[level_goal(**ALL)], []])
    shown = page(client, chief, plan)
    table = shown[shown.index("t-shared--plan") : shown.index("</table>")]
    assert "Nordland fylkeslag" in table
    assert "Oslo fylkeslag" in table


def test_units_too_small_to_show_are_left_out(client: Client, country):
    nation, _nordland, oslo, bodo, chief = country
    seat(organisation.make_body(bodo), *(f"Bodø {n}" for n in range(12)))
    seat(organisation.make_body(oslo), *(f"Oslo {n}" for n in range(3)))
    plan = make_plan(unit=nation, goals=[[level_goal(**ALL)], []])
    assert "t-shared--plan" not in page(client, chief, plan)  # what is left of the whole would be Oslo


def test_a_share_that_rises_is_forecast(client: Client, country):
    nation, *_, bodo, chief = country
    people = seat(organisation.make_body(bodo), *(f"Bodø {n}" for n in range(20)))
    for month, member in enumerate(people[:10]):
        make_award(member, on=dt.date(2026, 1 + month, 5))
    plan = make_plan(unit=nation, goals=[[level_goal(least_share=90, **ALL)], []])
    assert re.search(r"[56]\d (prosent|percent)", page(client, chief, plan))


def test_month_ends_reach_across_the_new_year():
    assert month_ends(dt.date(2026, 2, 10), 3) == [
        dt.date(2025, 11, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 31)
    ]  # fmt: skip


def test_a_board_gets_a_plan_from_a_template_after_a_look(client: Client, country):
    *_, bodo, chief = country
    board = organisation.make_body(bodo)
    template = make_template([[level_goal(**ALL)], []], key="plan-styre", made_for="body")
    client.force_login(chief)
    told = {"body": str(board.public_id), "template": template.pk, "title": "", "start": "2026-11-14", "years": "4"}
    looked = client.get("/plans/all/make/", {**told, "see": "1"})
    assert looked.status_code == 200
    assert not CompetencePlan.objects.exists()
    client.post("/plans/all/make/", told)
    assert CompetencePlan.objects.get().body == board


def test_a_chair_makes_the_plan_of_the_board_they_lead(client: Client, country):
    *_, bodo, _chief = country
    board = organisation.make_body(bodo)
    (leader,) = seat(board, "Lise Leder", office="chair")
    client.force_login(leader)
    assert client.get(f"/plans/all/make/?body={board.public_id}").status_code == 200
    assert client.get("/plans/all/").status_code == 404
    (member,) = seat(board, "Mona Medlem")
    client.force_login(member)
    assert client.get(f"/plans/all/make/?body={board.public_id}").status_code == 404


def test_the_list_says_which_boards_have_none_and_asks_no_more_for_more(client: Client, country):
    *_, bodo, chief = country
    first = organisation.make_body(bodo)
    make_plan(body=first, goals=[[level_goal(**ALL)], []])
    client.force_login(chief)
    counts = []
    for _ in range(2):
        client.get("/plans/all/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/plans/all/")
        counts.append(len(asked))
        for number in range(4):
            unit = organisation.make_unit(f"Lag {number}", under=bodo)
            make_plan(body=organisation.make_body(unit), goals=[[level_goal(**ALL)], []])
            organisation.make_body(organisation.make_unit(f"Lag {number} b", under=bodo))
    assert counts[1] <= counts[0]
    assert client.get("/plans/all/?show=without").content.decode().count("/plans/all/make/?body=") == 8


def test_the_file_holds_every_plan_kept(client: Client, country):
    *_, bodo, chief = country
    kari = organisation.make_member(of=bodo)
    make_plan(kari)
    make_plan(body=organisation.make_body(bodo), goals=[[level_goal(**ALL)], []])
    client.force_login(chief)
    text = client.post("/plans/all/plans.csv").content.decode("utf-8-sig")
    assert text.count("\n") == 3
    assert "Kari Nordmann" in text
    assert client.get("/plans/all/plans.csv").status_code == 405


def test_a_plan_on_paper_says_what_the_page_says(client: Client, country):
    *_, bodo, _chief = country
    kari = organisation.make_member(of=bodo)
    plan = make_plan(kari)
    client.force_login(kari)
    answer = client.get(f"/plans/{plan.public_id}.pdf")
    found = PdfReader(io.BytesIO(answer.content))
    assert "Ring tre nye" in found.pages[0].extract_text()
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_page_of_a_board_leads_to_its_plan(client: Client, country):
    *_, bodo, chief = country
    board = organisation.make_body(bodo)
    client.force_login(chief)
    door = f"/plans/body/{board.public_id}/"
    assert door in client.get(f"/organisation/bodies/{board.public_id}/").content.decode()
    assert client.get(door)["Location"] == f"/plans/all/make/?body={board.public_id}"
    plan = make_plan(body=board, goals=[[level_goal(**ALL)], []])
    assert client.get(door)["Location"] == f"/plans/{plan.public_id}/"


def test_a_member_of_a_board_without_a_plan_is_told_so_and_a_stranger_nothing(client: Client, country):
    *_, bodo, _chief = country
    kari, ola = organisation.make_member(of=bodo), organisation.make_member(of=bodo)
    board = organisation.make_term(kari, office="board_member", unit=bodo).body
    door = f"/plans/body/{board.public_id}/"
    client.force_login(kari)
    assert client.get(door).status_code == 200
    client.force_login(ola)
    assert client.get(door).status_code == 404


def test_the_page_of_a_person_lists_the_plans_one_keeps(client: Client, country):
    *_, bodo, chief = country
    kari = organisation.make_member(of=bodo)
    plan = make_plan(kari)
    client.force_login(chief)
    assert f"/plans/{plan.public_id}/" in client.get(f"/organisation/people/{kari.public_id}/").content.decode()
