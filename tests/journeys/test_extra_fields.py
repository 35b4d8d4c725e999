"""Whatever else is posted with a form, only what the form is for is changed (threat 6).

Every field name of every model of ours is posted to every address a learner may post to, with
values that would hurt. Then all rows are compared with what they were.
"""

import datetime as dt
from copy import deepcopy

import pytest
from django.apps import apps
from django.core import serializers

from tests.addresses import addresses, make_world

pytestmark = pytest.mark.django_db

WINGS = (
    "courses",
    "assessments",
    "certificates",
    "media",
    "organisation",
    "members",
    "jobs",
    "notifications",
    "account",
)

MAY_CHANGE = {
    "enrol": {},
    "finish_lesson": {"courses.enrolment": {"last_lesson", "last_seen_at"}},
    "note_visit": {"courses.enrolment": {"last_lesson", "last_seen_at"}},
    "do_activity": {},
    "test": {},
    "test_overview": {
        "assessments.attempt": {"state", "submitted_at", "graded_at", "points", "passed"},
        "assessments.response": {"is_right"},
    },
    "test_question": {"assessments.response": {"answer", "answered_at"}},
    "own_certificate": {},
    "read_notice": {"notifications.notice": {"read_at"}},
    "read_all_notices": {"notifications.notice": {"read_at"}},
    "stop_job": {},
    "retry_job": {},
    "issue_batch": {},
}
"""Address → model → the fields that the form itself may change in a row that was there before."""


@pytest.fixture(scope="module")
def kept_world(keep):
    return keep(make_world)


@pytest.fixture
def world(db, kept_world):
    return deepcopy(kept_world)


def ours():
    """Every model of ours, and those of the accounts."""
    return [model for model in apps.get_models() if model._meta.app_label in WINGS]


def snapshot():
    """Every row of ours: (model, key) → fields."""
    rows = serializers.serialize("python", [row for model in ours() for row in model._base_manager.all()])
    return {(row["model"], row["pk"]): row["fields"] for row in rows}


def extra_fields(world):
    """Every field name of every model of ours, with a value that would hurt."""
    names = {field.name for model in ours() for field in model._meta.get_fields()}
    names |= {f"{name}_id" for name in names} | {"score", "role", "by", "on", "next_state", "is_staff"}
    hurting = {"member": world.ola.pk, "holder": world.ola.pk, "state": "graded", "passed": "1", "points": "999"}
    hurting |= {"completed_at": "2020-01-01", "awarded_on": "2020-01-01", "number": "1", "out_of": "1"}
    kept_out = {"answer", "disclosure", "text", "ticked", "go", "language", "what", "unit"}
    return {name: hurting.get(name, "1") for name in names - kept_out}


def changes(before, after):
    """(model, field) of every row that was there and is different, and (model, "gone") of rows that are not."""
    found = {(model, "gone") for (model, key) in before.keys() - after.keys()}
    for row in before.keys() & after.keys():
        found |= {(row[0], name) for name in before[row] if before[row][name] != after[row][name]}
    return found


@pytest.mark.parametrize("name", MAY_CHANGE)
def test_extra_fields_change_nothing(client, world, name):
    client.force_login(world.kari)
    before, url = snapshot(), addresses(world)[name]
    assert client.post(url, extra_fields(world)).status_code < 500
    allowed = {(model, field) for model, fields in MAY_CHANGE[name].items() for field in fields}
    assert changes(before, snapshot()) <= allowed


@pytest.mark.parametrize("name", MAY_CHANGE)
def test_nothing_new_belongs_to_anybody_else(client, world, name):
    client.force_login(world.kari)
    before = snapshot()
    client.post(addresses(world)[name], extra_fields(world))
    new = [(key, fields) for key, fields in snapshot().items() if key not in before]
    assert [key for key, fields in new if fields.get("member", world.kari.pk) != world.kari.pk] == []
    assert [
        key for key, _ in new if key[0] in ("courses.award", "certificates.credential", "organisation.appointment")
    ] == []


@pytest.mark.parametrize(
    "name", ["own_certificate", "test_overview", "test_question", "stop_job", "retry_job", "read_notice"]
)
def test_somebody_else_changes_nothing_of_it(client, world, name):
    client.force_login(world.ola)
    before = snapshot()
    answer = client.post(addresses(world)[name], {"disclosure": "named", "answer": "a", **extra_fields(world)})
    assert answer.status_code == 404
    assert changes(before, snapshot()) == set()


def test_the_day_of_an_award_is_the_servers(world):
    assert dt.date.fromisoformat(extra_fields(world)["awarded_on"]) < dt.date(2021, 1, 1)
