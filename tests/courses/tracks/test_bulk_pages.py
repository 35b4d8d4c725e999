"""The administrator's pages of extensions and earlier awards, as they are met."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.progression.models import Award, Extension
from courses.tracks.models import AwardImport
from tests.factories.courses import GRUNN, make_award, make_rule
from tests.factories.organisation import make_appointment, make_loan, make_member, make_tree

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)
EXTENSIONS, LOOK, EARLIER = "/tracks/extending/", "/tracks/extending/look/", "/tracks/earlier/"


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)


@pytest.fixture
def tree():
    make_rule()
    return make_tree()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["tillit_language"] = "en"
    return client


@pytest.fixture
def inga(tree) -> Client:
    person = make_member("Inga", of=tree[1])
    make_appointment(person, "administrator", unit=tree[1])
    return signed_in(person)


@pytest.fixture
def award(tree) -> Award:
    member = make_member("Åse Berg", of=tree[3], member_number="7")
    return make_award(member, on=dt.date(2022, 5, 1), valid_until=dt.date(2026, 5, 1))


def asked(unit, **more: str) -> str:
    told = {"level": GRUNN, "unit": str(unit.public_id), "lapsing_from": "2026-03-14", "last": "2026-09-01"}
    told |= {"until": "2026-12-31", **more}
    return f"{LOOK}?" + "&".join(f"{name}={value}" for name, value in told.items())


def decide(client: Client, url: str, decision: str = "Sak 12/26"):
    print_ = re.search(r'name="fingerprint" value="(\w+)"', client.get(url).content.decode())[1]
    return client.post(url, {"decision": decision, "fingerprint": print_})


def test_from_choice_to_decision_to_undoing(inga, tree, award):
    page = inga.get(asked(tree[1])).content.decode()
    assert "Åse Berg" in page and "Decide for 1 person" in page and not Extension.objects.exists()
    there = decide(inga, asked(tree[1])).url
    assert "Sak 12/26" in inga.get(there).content.decode() and "Sak 12/26" in inga.get(EXTENSIONS).content.decode()
    assert inga.post(f"{there}undo/", {"reason": ""}).status_code == 422
    inga.post(f"{there}undo/", {"reason": "Feil dato"})
    assert "Undone" in inga.get(there).content.decode()


def test_the_days_that_cannot_stand_are_told_at_their_fields(inga, tree):
    answer = inga.get(asked(tree[1], until="2026-03-01"))
    assert answer.status_code == 422 and "The new day must lie ahead" in answer.content.decode()
    assert inga.get(f"{LOOK}?level={GRUNN}").status_code == 422


def test_a_decision_without_words_keeps_the_preview(inga, tree, award):
    answer = decide(inga, asked(tree[1]), decision="")
    assert answer.status_code == 422 and "Åse Berg" in answer.content.decode()


def test_something_else_by_now_has_to_be_looked_over_again(inga, tree, award):
    answer = inga.post(asked(tree[1]), {"decision": "Sak", "fingerprint": "x" * 64})
    assert answer.status_code == 422 and "Something has changed" in answer.content.decode()


def test_a_unit_one_does_not_keep_cannot_be_chosen(inga, tree, award):
    assert inga.get(asked(tree[2])).status_code == 422


def test_who_keeps_levels_but_sees_nobody_sees_numbers_only(tree, award):
    ada, person = make_member("Ada", of=tree[0]), make_member("Lånt", of=tree[1])
    make_appointment(ada, "administrator", unit=tree[0])
    make_loan(person, "keep levels", giver=ada, unit=tree[1])
    page = signed_in(person).get(asked(tree[1])).content.decode()
    assert "Decide for 1 person" in page and "Åse Berg" not in page


def upload(client: Client, text: str, **more: str):
    file = SimpleUploadedFile("f.csv", text.encode())
    return client.post(EARLIER, {"level": GRUNN, "source": "Gammelt register", "file": file, **more})


def test_from_file_to_awards(inga, tree):
    make_member("Åse Berg", of=tree[3], member_number="7")
    there = upload(inga, "Medlemsnummer;Dato\n7;2024-03-14\n7;2020-03-14\n").url
    page = inga.get(there).content.decode()
    assert "Åse Berg" in page and "Record 2 awards" in page and "Before there was a rule" in page
    inga.post(f"{there}apply/")
    assert "The awards are recorded" in inga.get(there).content.decode() and Award.objects.count() == 2
    inga.post(f"{there}apply/")
    assert Award.objects.count() == 2


def test_a_file_with_errors_says_row_column_value_and_what_is_right(inga, tree):
    there = upload(inga, "Medlemsnummer;Dato\n99;2024-03-14\n").url
    page = inga.get(there).content.decode()
    assert "row 2" in page and "member number" in page and "99" in page and "Nobody has this number" in page
    assert "Bring the file again" in page and "Record" not in page
    assert inga.post(f"{there}apply/").status_code == 302 and not Award.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"), [("Navn\nÅse", "No column is called Member number, Date"), ("PK", "locked"), ("", "empty")]
)
def test_a_file_that_cannot_be_read_says_why_at_its_field(inga, text, words):
    answer = upload(inga, text)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_ones_own_files_are_nobody_elses(inga, tree):
    there = upload(inga, "Medlemsnummer;Dato\n99;2024-03-14\n").url
    other = make_member("Ola", of=tree[1])
    make_appointment(other, "administrator", unit=tree[1])
    assert signed_in(other).get(there).status_code == 404
    inga.post(f"{there}drop/")
    assert not AwardImport.objects.exists()
