"""Issuing, revoking and fetching a whole batch ask to confirm when the sign-in is no longer fresh."""

import time

import pytest

from certificates.models import Credential
from lms.jobs.sweeper import run_waiting
from lms.members.services import open_account
from tests.factories.courses import GRUNN, make_credential
from tests.factories.signing import PASSWORD

pytestmark = pytest.mark.django_db
CONFIRM = "/accounts/reauthenticate/"


@pytest.fixture
def later(client, county, monkeypatch):
    """The administrator, signed in twenty minutes ago."""
    open_account(member=county.administrator, email="inga@example.org", password=PASSWORD)
    client.force_login(county.administrator)
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start + 20 * 60)
    return client


def test_issuing_asks_first_and_then_goes_through_as_it_was_sent(later, county):
    county.reached("Åse")
    chosen = {"what": f"level:{GRUNN}", "unit": county.unit.code}
    asked = later.post("/reports/certificates/issue/", chosen)
    assert asked["Location"].startswith(CONFIRM)
    assert run_waiting() == 0
    done = later.post(asked["Location"], {"password": PASSWORD, "next": "/reports/certificates/issue/"})
    assert done["Location"].startswith("/reports/certificates/batch/")
    run_waiting()
    assert Credential.objects.count() == 1


def test_revoking_asks_first_and_looking_does_not(later, county):
    credential = make_credential(county.reached("Åse").member)
    page = f"/reports/certificates/{credential.public_id}/"
    assert later.get(page).status_code == 200
    asked = later.post(page, {"reason": "Feil person"})
    assert asked["Location"].startswith(CONFIRM)
    assert later.post(asked["Location"], {"password": PASSWORD, "next": page})["Location"] == page
    assert [line.status for line in credential.log.all()][-1] == "revoked"


def test_fetching_a_whole_batch_asks_first(later):
    asked = later.get("/reports/certificates/batch/00000000-0000-0000-0000-000000000000.zip")
    assert asked["Location"].startswith(CONFIRM)
