"""Who has seen me: by name, with their right, on which page in words, grouped by day."""

from __future__ import annotations

import ast
import datetime as dt
import uuid

import pytest
from django.conf import settings
from django.utils import timezone

from courses.desk.seen import LINES, seen_by_others
from lms.audit.models import Entry, Sighting, SightingOf
from lms.audit.pages import act_name, page_name
from lms.audit.services import record_act, record_sighting
from lms.merging.services import merge_members
from tests.factories import courses, organisation

pytestmark = pytest.mark.django_db
WINGS = ("lms", "courses", "assessments", "certificates", "media")
URL = "/desk/data/seen/"


@pytest.fixture
def people(db):
    nation, county, _, branch = organisation.make_tree()
    kari, ada = organisation.make_member(of=branch), organisation.make_member("Ada Leder", of=nation)
    organisation.make_appointment(ada, "administrator", unit=county)
    return kari, ada


def lines(member, page=1):
    return [line for day in seen_by_others(member, page=page)[0] for line in day.lines]


def test_it_says_who_by_which_right_and_where_in_words(client, people):
    kari, ada = people
    record_sighting(by=ada, page="member_list", of=[kari.public_id])
    line = lines(kari)[0]
    assert (line.who, "Nordland fylkeslag" in line.right, line.what != "member_list") == ("Ada Leder", True, True)
    client.force_login(kari)
    page = client.get(URL).content.decode()
    assert "Ada Leder" in page and "Nordland fylkeslag" in page


def test_a_right_that_had_ended_is_not_said_and_a_term_is(people):
    kari, ada = people
    organisation.make_term(ada, office="training", unit=organisation.make_unit("Bergen"))
    ada.appointments.update(valid_until=dt.date(2019, 1, 1))
    record_sighting(by=ada, page="board", of=[kari.public_id])
    assert lines(kari)[0].right.endswith("Bergen")


def test_an_export_is_told_from_a_look(people):
    kari, ada = people
    record_sighting(by=ada, page="member_list", of=[kari.public_id])
    record_sighting(by=ada, page="member_list", of=[kari.public_id], act="exported")
    assert [line.mention.is_export for line in lines(kari)] == [True, False]


def test_the_same_page_many_times_a_day_is_one_line(people):
    kari, ada = people
    for _ in range(3):
        record_sighting(by=ada, page="member_list", of=[kari.public_id])
    assert [line.times for line in lines(kari)] == [3]


def test_days_are_apart_and_the_latest_comes_first(people):
    kari, ada = people
    for days in (0, 3):
        record_sighting(by=ada, page="member_list", of=[kari.public_id])
        Sighting.objects.filter(at__gt=timezone.now() - dt.timedelta(hours=1)).update(
            at=timezone.now() - dt.timedelta(days=3 - days)
        )
    found = [day.day for day in seen_by_others(kari)[0]]
    assert len(found) == 2 and found == sorted(found, reverse=True)


def test_what_was_done_to_me_stands_there_too_but_not_what_i_did(people):
    kari, ada = people
    record_act("appoint", by=ada, subject=f"member:{kari.public_id}")
    record_act("keep_history", by=kari, subject=f"member:{kari.public_id}")
    record_act("apply_register", by=None, subject=f"member:{kari.public_id}")
    assert [line.mention.where for line in lines(kari)] == ["apply_register", "appoint"]


def test_a_certificate_of_mine_is_mine(people):
    kari, ada = people
    credential = courses.make_credential(kari)
    record_act("revoke_certificate", by=ada, subject=f"credential:{credential.public_id}")
    assert "revoke_certificate" in [line.mention.where for line in lines(kari)]


def test_who_saw_a_record_that_went_into_mine_saw_me(people):
    kari, ada = people
    nation = ada.memberships.get().unit
    organisation.make_appointment(ada, "administrator", unit=nation)
    other = organisation.make_member("Kari N", of=nation, status="sympathiser")
    record_sighting(by=ada, page="member_page", of=[other.public_id])
    merge_members(kept=kari, absorbed=other, reason="Samme", by=ada)
    assert {"member_page", "merge_members"} <= {line.mention.where for line in lines(kari)}


def test_an_unknown_page_is_shown_as_it_is_and_an_unknown_viewer_is_said_as_such(client, people):
    kari, _ = people
    row = Sighting.objects.create(actor=uuid.uuid4(), page="some_report")
    SightingOf.objects.create(sighting=row, subject=kari.public_id)
    line = lines(kari)[0]
    assert (line.what, line.right) == ("some report", "")
    assert line.who


def test_others_see_nothing_of_mine(people):
    kari, ada = people
    record_sighting(by=ada, page="member_list", of=[kari.public_id])
    assert lines(organisation.make_member("Ola")) == []


def test_an_empty_page_says_so(client, people):
    client.force_login(people[0])
    assert "t-empty" in client.get(URL).content.decode()


def test_one_leafs_further_back(client, people):
    kari, _ = people
    entries = [Entry(act="appoint", subject=f"member:{kari.public_id}", actor=uuid.uuid4()) for _ in range(LINES + 1)]
    Entry.objects.bulk_create(entries)
    client.force_login(kari)
    assert "?page=2" in client.get(URL).content.decode()
    assert "?page=1" in client.get(URL, {"page": "2"}).content.decode()
    assert client.get(URL, {"page": "x9"}).status_code == 200


def test_a_level_of_mine_is_mine_and_nobody_elses(people):
    kari, ada = people
    award = courses.make_award(kari)
    record_act("record_award", by=ada, subject=award.key)
    assert [line.what for line in lines(kari)] == [act_name("record_award")]
    assert lines(organisation.make_member("Ola")) == []


def test_every_page_that_shows_people_has_a_name():
    files = [path for wing in WINGS for path in (settings.BASE_DIR / wing).rglob("*.py")]
    calls = [node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    said = [word.value for call in calls for word in call.keywords if word.arg == "page"]
    pages = {value.value for value in said if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    assert "member_list" in pages
    assert {page for page in pages if page_name(page) == page.replace("_", " ")} == set()


@pytest.mark.parametrize(
    "act", ["record_award", "extend_award", "undo_extended_award", "record_evidence", "correct_evidence", "close_plan"]
)
def test_what_is_done_to_a_person_is_said_in_a_sentence(act):
    assert act_name(act) != act.replace("_", " ")


def test_it_costs_seven_queries_however_much_there_is(people, django_assert_max_num_queries):
    kari, ada = people
    courses.make_credential(kari)
    for viewer in (ada, *(organisation.make_member(f"V{n}") for n in range(5))):
        record_sighting(by=viewer, page="member_list", of=[kari.public_id])
        record_act("appoint", by=viewer, subject=f"member:{kari.public_id}")
    with django_assert_max_num_queries(7):
        assert len(lines(kari)) >= 12
