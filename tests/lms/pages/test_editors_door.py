"""The CMS is there for those who write content today, and for nobody else."""

import datetime as dt

import pytest

from lms.organisation.access import Role
from lms.organisation.services import appoint, project_groups
from lms.periods import Period, today
from tests.factories.courses import make_site
from tests.factories.organisation import make_appointment, make_member, make_unit

pytestmark = pytest.mark.django_db

INSIDE = ["/admin/", "/admin/pages/", "/admin/images/", "/admin/reports/site-history/", "/admin/finnes-ikke/"]


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


@pytest.mark.parametrize("url", INSIDE)
def test_a_learner_finds_no_cms(client, url):
    client.force_login(make_member())
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", INSIDE)
def test_a_stranger_is_sent_to_sign_in(client, url):
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/admin/")


@pytest.mark.parametrize("url", ["/admin/login/", "/admin/login/?next=/admin/pages/", "/admin/password_reset/"])
def test_wagtails_own_door_leads_to_the_one_door(client, url):
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.EDITOR])
def test_who_writes_is_let_in(client, role):
    writer = make_member()
    appoint(
        member=writer, role=role, unit=make_unit(), period=Period(dt.date(2020, 1, 1), dt.date(2090, 1, 1)), by=None
    )
    client.force_login(writer)
    assert client.get("/admin/").status_code == 200


def test_an_administrator_of_people_is_no_writer(client):
    ada = make_member()
    make_appointment(ada, Role.ADMINISTRATOR, unit=make_unit())
    client.force_login(ada)
    assert client.get("/admin/").status_code == 404


def test_an_appointment_that_has_ended_is_out_at_once(client):
    writer = make_member()
    row = make_appointment(writer, Role.EDITOR, unit=make_unit())
    project_groups(member=writer)
    client.force_login(writer)
    assert client.get("/admin/").status_code == 200
    row.valid_until = today()
    row.save()
    assert client.get("/admin/").status_code == 404
    assert client.get("/desk/").status_code == 200


def test_the_editor_may_be_framed_by_the_house_alone(client):
    writer = make_member()
    make_appointment(writer, Role.EDITOR, unit=make_unit())
    client.force_login(writer)
    answer = client.get("/admin/")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
