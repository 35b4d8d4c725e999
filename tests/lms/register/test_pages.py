"""The pages of an import, as an administrator meets them."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.audit.models import Sighting, SightingOf
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.register.models import KnownColumn, RegisterImport
from lms.sheets import read_sheet
from tests.factories.organisation import make_appointment, make_member, make_tree
from tests.lms.register.files import register

pytestmark = pytest.mark.django_db
LIST = "/organisation/register/"


@pytest.fixture
def tree():
    return make_tree()


def signed_in(unit, name: str = "Inga") -> Client:
    person, client = make_member(name, of=unit), Client()
    make_appointment(person, "administrator", unit=unit)
    client.force_login(person)
    return client


@pytest.fixture
def inga(tree) -> Client:
    """The administrator of Nordland, signed in and reading English."""
    client = signed_in(tree[1])
    client.cookies["tillit_language"] = "en"
    return client


def upload(client: Client, text: str, *, to: str = LIST, **more: object) -> str:
    """Send a file; the address one is led to, or the page that asks."""
    answer = client.post(to, {"file": SimpleUploadedFile("m.csv", text.encode()), **more})
    run_waiting()
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_from_file_to_report(inga, tree):
    make_member("Kari", of=tree[3], member_number="9", email="gammel@example.org")
    url = upload(inga, register("1;Åse <b>;ase@example.org;Bodø", "9;Kari;ny@example.org;Bodø"))
    new, changed = page(inga, url), page(inga, f"{url}?show=changed")
    assert "Åse &lt;b&gt;" in new and "Apply the file" in new
    assert "gammel@example.org" in changed and "ny@example.org" in changed
    assert inga.post(f"{url}apply/")["Location"] == url
    assert "Applying the file" in page(inga, url)
    run_waiting()
    assert "The file is applied" in page(inga, url)
    assert Member.objects.filter(member_number="1").exists()
    rows = list(csv.reader(io.StringIO(inga.get(f"{url}report.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["2", "1", "Åse <b>", "Bodø", "new", "", "", ""]
    assert rows[2] == ["3", "9", "Kari", "Bodø", "changed", "e-mail", "gammel@example.org", "ny@example.org"]
    sheet = read_sheet(io.BytesIO(inga.get(f"{url}report.xlsx").content), "r.xlsx")
    assert len(list(sheet.rows)) == 2


def test_a_file_with_errors_shows_them_and_gives_them_as_a_file_in_which_a_formula_is_text(inga):
    url = upload(inga, register("1;Åse;=1+1;Bodø", "2;Ola;;Bodo"))
    shown = page(inga, url)
    assert "Some rows must be put right" in shown and "row 3" in shown and "Apply the file" not in shown
    rows = list(csv.reader(io.StringIO(inga.get(f"{url}errors.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:3] == ["2", "E-post", "'=1+1"]
    assert "Did you mean Bodø (" in rows[2][3]


def test_a_year_of_birth_that_is_wrong_is_not_said_to_be_empty(inga):
    row = "1;Åse;;Bodø;{}\n2;Ola;;Bodø;x"
    url = upload(inga, register(row.format("12038512345"), header="Medlemsnummer;Navn;E-post;Enhet;Fødselsår"))
    shown = page(inga, url)
    assert shown.count("(not kept here)") == 2 and "12038512345" not in shown


def test_one_new_person_is_said_to_be_new_and_two_are(inga):
    for rows, words in ((["1;Åse;;Bodø"], "is new"), (["1;Åse;;Bodø", "2;Ola;;Bodø"], "are new")):
        assert words in page(inga, upload(inga, register(*rows)))


def test_columns_nobody_recognises_are_asked_for_once_and_remembered(inga):
    text = register("1;Åse;Bodø", header="Mnr;Hele navnet;Lokallag-ID")
    asked = upload(inga, text)
    assert "What is in which column?" in asked and not RegisterImport.objects.exists()
    said = {
        "header": ["Mnr", "Hele navnet", "Lokallag-ID"],
        "column-0": "number",
        "column-1": "name",
        "column-2": "unit",
    }
    url = upload(inga, text, to=f"{LIST}columns/", **said)
    assert "Look over before it counts" in page(inga, url)
    assert KnownColumn.objects.count() == 3
    assert upload(inga, text).startswith(LIST)


def test_a_column_cannot_be_given_a_meaning_there_is_not(inga):
    answer = inga.post(f"{LIST}columns/", {"header": ["Mnr"], "column-0": "is_superuser"})
    assert answer.status_code == 422 and not KnownColumn.objects.exists()


@pytest.mark.parametrize(("data", "words"), [(b"\xd0\xcf\x11\xe0", "old .xls"), (b"", "empty"), (b'a;"b\n', "quote")])
def test_a_file_that_is_no_sheet_is_refused_beside_the_field(inga, data, words):
    answer = inga.post(LIST, {"file": SimpleUploadedFile("m.csv", data)})
    assert answer.status_code == 422 and words in answer.content.decode()


def test_somebody_elses_import_is_not_there(inga, tree):
    url = upload(inga, register("1;Åse;;Bodø"))
    oslo = signed_in(tree[2], "Oslo")
    answers = [oslo.get(url), oslo.post(f"{url}apply/"), oslo.post(f"{url}drop/"), oslo.get(f"{url}errors.csv")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert "m.csv" not in page(oslo, LIST)


def test_a_second_administrator_confirms_on_the_page(inga, tree):
    for number in range(5):
        make_member(f"P{number}", of=tree[3], member_number=f"p{number}")
    url = upload(inga, register("p0;P0;;Bodø"), is_whole="on")
    inga.post(f"{url}apply/")
    assert "Ask another administrator" in page(inga, url)
    assert inga.post(f"{url}confirm/").status_code == 404
    nation = signed_in(tree[0], "Nils")
    assert "P1" in page(nation, url)
    nation.post(f"{url}confirm/")
    run_waiting()
    assert RegisterImport.objects.get().state == "applied"
    assert Member.objects.filter(is_active=False).count() == 4


def test_a_file_is_let_go_and_nothing_is_left_of_it(inga):
    url = upload(inga, register("1;Åse;;Bodø"))
    inga.post(f"{url}drop/")
    assert "The file was let go" in page(inga, url) and "Åse" not in page(inga, url)


def test_who_is_shown_and_who_is_exported_stands_in_the_trail(inga, tree):
    kari = make_member("Kari", of=tree[3], member_number="9")
    url = upload(inga, register("9;Kari N;;Bodø"))
    page(inga, url)
    inga.post(f"{url}apply/")
    run_waiting()
    inga.get(f"{url}report.csv")
    acts = Sighting.objects.filter(subjects__in=SightingOf.objects.filter(subject=kari.public_id))
    assert set(acts.values_list("page", "act")) >= {("register_import", "saw"), ("register_report", "exported")}


def test_the_page_asks_the_database_as_often_for_two_hundred_people_as_for_two(inga, django_assert_max_num_queries):
    url = upload(inga, register(*(f"{number};P{number};;Bodø" for number in range(200))))
    inga.get(url)
    with django_assert_max_num_queries(20):
        inga.get(url)


def test_whoever_keeps_no_register_finds_no_page(tree):
    client = Client()
    client.force_login(make_member("Ola", of=tree[1]))
    assert [client.get(LIST).status_code, client.get(f"{LIST}columns/").status_code] == [404, 404]
