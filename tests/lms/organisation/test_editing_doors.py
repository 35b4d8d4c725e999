"""Threat 5: which addresses of the CMS exist, and for whom. A new address is shut until it has been read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, resolve
from wagtail.admin import urls as admin_urls

from lms.organisation import doors
from lms.organisation.access import Right, Role
from lms.organisation.models import Appointment
from lms.periods import today
from tests.factories.courses import make_site
from tests.factories.editing import make_editor, make_writer, signed_in
from tests.factories.organisation import make_appointment, make_member, make_unit

pytestmark = pytest.mark.django_db
OPEN_TO_STRANGERS: set[str] = set()
"""Addresses of the CMS that answer a stranger with 200. None: not even icons and words for scripts need to."""
HIDDEN_BY_OURS = ("add", "edit", "delete", "chooser_upload")
"""wagtailmedia's pages that those of our recordings stand before."""
NEVER = (
    "users",
    "groups",
    "sites",
    "collections",
    "workflows",
    "snippets",
    "api/main",
    "reports",
    "settings",
    "embeds",
)
DUMMY = {
    "app_label": "pages", "model_name": "image", "app_name": "pages", "content_type_app_name": "courses",
    "content_type_model_name": "lessonpage", "action": "delete", "action_name": "approve", "media_type": "video",
    "filter_spec": "width-100", "uidb64": "MQ", "token": "a-b", "pk": "1", "object_id": "1",
    "revision_id_a": "live", "revision_id_b": "latest",
}  # fmt: skip


def addresses(patterns: list[URLPattern | URLResolver] = admin_urls.urlpatterns, before: str = "") -> Iterator[str]:
    """Every address of the CMS, with something in each place."""
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, whole)
        else:
            yield "/admin/" + filled(whole)


def filled(route: str) -> str:
    """A route with a value in each place."""
    route = re.sub(
        r"<(?:\w+:)?(\w+)>", lambda place: DUMMY.get(place[1], "1"), re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route)
    )
    return route.replace("^", "").replace("$", "").replace("\\.", ".").replace(".*", "anything")


def names_open_to(*rights: Right) -> set[str]:
    return {path for path in addresses() if doors.is_open(resolve(path).view_name, resolve(path).kwargs, rights)}


def test_there_are_as_many_addresses_as_we_have_read() -> None:
    assert len(list(addresses())) > 180


def test_every_door_that_is_named_exists() -> None:
    known = {resolve(path).view_name for path in addresses()} | {f"wagtailmedia:{name}" for name in HIDDEN_BY_OURS}
    assert known >= doors.WRITERS | doors.PUBLISHERS


def test_no_address_answers_a_stranger() -> None:
    make_site()
    client = Client()
    answered = {path for path in addresses() if client.get(path).status_code == 200}
    assert answered == OPEN_TO_STRANGERS


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/"])
def test_the_doors_that_would_go_round_signing_in_lead_to_it(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["/_util/login/", "/nn/_util/login/", "/en/_util/login/"])
def test_wagtails_login_for_readers_is_not_there(client: Client, path: str) -> None:
    make_site()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("who", ["learner", "administrator", "superuser"])
def test_no_address_exists_for_those_who_do_not_write(who: str) -> None:
    make_site()
    member = make_member(is_superuser=who == "superuser")
    if who == "administrator":
        make_appointment(member, Role.ADMINISTRATOR, unit=make_unit())
    client = signed_in(member)
    assert {client.get(path).status_code for path in addresses() if path != "/admin/login/"} == {404}


def test_what_is_not_of_the_work_exists_for_nobody() -> None:
    make_site()
    clients = [signed_in(make_writer()), signed_in(make_editor())]
    shut = [path for path in addresses() if path.startswith(tuple(f"/admin/{part}/" for part in NEVER))]
    answers = {path: [client.get(path).status_code for client in clients] for path in shut}
    found = {path for path, codes in answers.items() if codes != [404, 404]}
    assert found == {"/admin/reports/workflow/", "/admin/reports/workflow/results/"}
    assert [answers[path] for path in sorted(found)] == [[404, 200], [404, 200]]


def test_publishing_is_a_door_of_its_own() -> None:
    only = names_open_to(Right.WRITE_COURSES, Right.PUBLISH_COURSES) - names_open_to(Right.WRITE_COURSES)
    assert "/admin/pages/1/unpublish/" in only
    assert "/admin/pages/1/privacy/" in only
    assert names_open_to(Right.SEE_PEOPLE, Right.ISSUE_CERTIFICATES) == set()


@pytest.mark.parametrize("model", ["members/member", "auth/group", "organisation/appointment", "media/recording"])
def test_acts_on_many_rows_never_reach_people(model: str) -> None:
    assert signed_in(make_editor()).get(f"/admin/bulk/{model}/delete/?id=1").status_code == 404


def test_an_ended_appointment_is_out_at_once() -> None:
    make_site()
    client = signed_in(make_writer())
    assert client.get("/admin/").status_code == 200
    Appointment.objects.update(valid_until=today())
    assert client.get("/admin/").status_code == 404


def test_an_appointment_that_began_overnight_is_in_at_once() -> None:
    make_site()
    member = make_member()
    make_appointment(member, Role.INSTRUCTOR, unit=make_unit())
    assert not member.groups.exists()
    assert signed_in(member).get("/admin/").status_code == 200


def test_signing_out_of_the_cms_ends_the_session() -> None:
    make_site()
    client = signed_in(make_writer())
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_the_settings_of_the_cms_hold_no_name_address_or_password() -> None:
    make_site()
    shown = signed_in(make_writer()).get("/admin/account/").content.decode()
    assert 'name="notifications-approved_notifications"' in shown
    assert not re.search(r'name="(name_email|password|avatar|locale)-', shown)
