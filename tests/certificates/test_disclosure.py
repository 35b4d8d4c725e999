"""What those who check a certificate are shown is for the holder alone to decide."""

import pytest
from django.core.exceptions import PermissionDenied

from certificates.services import disclose_name
from lms.organisation.access import Role
from tests.factories.courses import make_credential
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential(db):
    return make_credential(make_member())


@pytest.mark.parametrize("disclosure", ["named", "hidden", "nameless"])
def test_the_holder_opens_closes_and_hides(client, credential, disclosure):
    client.force_login(credential.holder)
    url = f"/desk/certificates/{credential.public_id}/"
    assert client.post(url, {"disclosure": disclosure})["Location"] == url
    credential.refresh_from_db()
    assert credential.disclosure == disclosure


@pytest.mark.parametrize("disclosure", ["", "everything", "NAMED", "issued"])
def test_what_is_no_choice_changes_nothing(client, credential, disclosure):
    client.force_login(credential.holder)
    client.post(f"/desk/certificates/{credential.public_id}/", {"disclosure": disclosure})
    credential.refresh_from_db()
    assert credential.disclosure == "nameless"


def test_nobody_else_decides_not_even_an_administrator(client):
    nation, nordland, *_ = make_tree()
    credential, admin = make_credential(make_member(of=nordland)), make_member("Ada", of=nation)
    make_appointment(admin, Role.ADMINISTRATOR, unit=nation)
    with pytest.raises(PermissionDenied):
        disclose_name(credential=credential, disclosure="named", by=admin)
    client.force_login(admin)
    answer = client.post(f"/desk/certificates/{credential.public_id}/", {"disclosure": "named"})
    credential.refresh_from_db()
    assert (answer.status_code, credential.disclosure) == (404, "nameless")


def test_opening_the_name_changes_nothing_else(credential):
    before = {k: v for k, v in vars(credential).items() if k not in ("_state", "disclosure")}
    disclose_name(credential=credential, disclosure="named", by=credential.holder)
    credential.refresh_from_db()
    assert {k: v for k, v in vars(credential).items() if k in before} == before
