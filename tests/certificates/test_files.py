"""The file of a certificate: only the holder's, and it says exactly what was issued."""

import io

import pypdfium2
import pytest
import zxingcpp

from certificates.sheets import certificate_pdf, check_address
from tests.factories.courses import make_credential
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

NAME = "Åse-Márjá <b>Østby</b> & Søn"


@pytest.fixture
def credential(db):
    return make_credential(make_member(NAME))


def text_of(file):
    return pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded()


def test_the_holder_downloads_it_as_a_file(client, credential):
    client.force_login(credential.holder)
    answer = client.get(f"/desk/certificates/{credential.public_id}.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert NAME.split(maxsplit=1)[0] not in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-1.7")


def test_to_others_the_file_is_not_there(client, credential):
    client.force_login(make_member("Ola"))
    assert client.get(f"/desk/certificates/{credential.public_id}.pdf").status_code == 404
    assert client.get(f"/desk/certificates/{credential.public_id}/").status_code == 404


def test_strangers_are_sent_to_sign_in(client, credential):
    answer = client.get(f"/desk/certificates/{credential.public_id}.pdf")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/desk/certificates/")


def test_the_name_is_printed_exactly_as_it_is(client, credential):
    client.force_login(credential.holder)
    file = client.get(f"/desk/certificates/{credential.public_id}.pdf").content
    assert NAME in text_of(file)
    assert "Ny i styret" in text_of(file)


def test_the_code_on_the_sheet_leads_to_the_check_page(credential):
    page = pypdfium2.PdfDocument(certificate_pdf(credential))[0]
    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert [code.text for code in found] == [check_address(credential)]
    assert check_address(credential).endswith(f"/c/{credential.number}/")


def test_the_sheet_is_the_snapshot_not_the_person(credential):
    credential.holder.name = "Et annet navn"
    credential.holder.save()
    credential.refresh_from_db()
    assert NAME in text_of(certificate_pdf(credential))


HOSTILE = [
    '<img src="file:///etc/passwd"/>',
    "<b>Ola",
    "</para><para>",
    "&amp;&lt;",
    "{{ 7*7 }} {% now %}",
    "%s %d %(x)s",
    "Robert'); DROP TABLE--",
    "Čáhppes Ŋŋ Ŧŧ Đđ Žž",
    "a" * 200,
    "\u202eFeil vei",
    "Åse\nMárjá",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_printed_as_text_and_opens_no_file(name, monkeypatch):
    credential = make_credential(make_member(name))
    certificate_pdf(credential)  # fonts are opened once
    opened = []
    monkeypatch.setattr(io, "open", lambda *a, **_: opened.append(a))
    monkeypatch.setattr("builtins.open", lambda *a, **_: opened.append(a))
    file = certificate_pdf(credential)
    monkeypatch.undo()
    assert opened == []
    shown = "".join(c for c in text_of(file) if c.isalnum())
    assert "".join(c for c in name if c.isalnum()) in shown or len(name) == 200
