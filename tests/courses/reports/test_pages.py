"""The administrator's pages: choose, look over, issue, follow, fetch, revoke."""

import io
import zipfile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from certificates.models import Credential
from lms.jobs.sweeper import run_waiting
from tests.factories.organisation import make_appointment, make_member

WHERE = "/reports/certificates/"


@pytest.fixture
def administrator(client, county):
    client.force_login(county.administrator)
    return client


def chosen(county) -> dict[str, str]:
    return {"what": f"level:{county.level.key}", "unit": county.unit.code}


def issued(administrator, county):
    """The page of a batch that is done."""
    response = administrator.post(reverse("issue_batch"), chosen(county))
    run_waiting()
    return response.url


def test_nothing_is_issued_by_looking(administrator, county):
    county.reached("Åse")
    page = administrator.get(WHERE, chosen(county))
    assert "Åse" in page.content.decode()
    assert not Credential.objects.exists()


def test_the_button_says_how_many(administrator, county):
    for number in range(3):
        county.reached(f"Person {number}")
    assert "Utsted 3 kursbevis" in administrator.get(WHERE, chosen(county)).content.decode()


def test_pressing_leads_to_a_page_with_one_line_per_person(administrator, county):
    county.reached("Åse")
    page = administrator.get(issued(administrator, county))
    assert "Åse" in page.content.decode()
    assert "1 av 1" in page.content.decode()


def test_the_zip_holds_a_sheet_for_each_with_the_name_as_it_is(administrator, county):
    county.reached("Åse-Márjá <b>Østby</b> & Søn")
    county.reached("Per / Pål")
    page = issued(administrator, county)
    response = administrator.get(page.rstrip("/") + ".zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    texts = ["".join(PdfReader(archive.open(name)).pages[0].extract_text().split()) for name in archive.namelist()]
    assert any("Åse-Márjá<b>Østby</b>&Søn" in text for text in texts)
    assert not any("/" in name or "<" in name for name in archive.namelist())


def test_a_revoked_certificate_says_so_on_the_check_page(administrator, client, county):
    county.reached("Åse")
    issued(administrator, county)
    credential = Credential.objects.get()
    address = reverse("issued_certificate", args=[credential.public_id])
    assert administrator.post(address, {"reason": ""}).status_code == 422
    administrator.post(address, {"reason": "Feil person"})
    page = client.get(reverse("credential", args=[credential.number])).content.decode()
    assert "Trukket tilbake" in page
    assert "Feil person" not in page


def test_the_sample_shows_the_sheet_and_issues_nothing(administrator, county):
    county.reached("Åse")
    response = administrator.get(reverse("sample_certificate"), chosen(county))
    assert "Åse" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert not Credential.objects.exists()


def test_a_batch_and_its_zip_are_not_found_by_others(administrator, client, county):
    county.reached("Åse")
    page = issued(administrator, county)
    other = make_member("Other", of=county.other)
    make_appointment(other, "administrator", unit=county.other)
    for reader in (other, make_member("Learner", of=county.town)):
        client.force_login(reader)
        credential = Credential.objects.get()
        addresses = [
            page,
            page.rstrip("/") + ".zip",
            reverse("issued_certificate", args=[credential.public_id]),
            reverse("issued_file", args=[credential.public_id]),
        ]
        assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_a_learner_does_not_find_the_page(client, county):
    client.force_login(make_member("Learner", of=county.town))
    assert client.get(WHERE).status_code == 404


def test_a_colleague_of_the_same_county_can_follow_the_batch(administrator, client, county):
    county.reached("Åse")
    page = issued(administrator, county)
    colleague = make_member("Colleague", of=county.unit)
    make_appointment(colleague, "administrator", unit=county.unit)
    client.force_login(colleague)
    assert client.get(page).status_code == 200
