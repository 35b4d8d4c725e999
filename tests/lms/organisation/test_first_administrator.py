"""The first administrator of an installation is appointed from the command line, and let in by a link, once."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lms.audit.models import Entry
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Appointment
from lms.periods import today
from tests.factories.organisation import make_member, make_tree
from tests.factories.signing import DESK, PASSWORD

pytestmark = pytest.mark.django_db
ADDRESS = "leder@example.org"


@pytest.fixture
def nation():
    return make_tree()[0]


def appoint(unit, address=ADDRESS, days=200, **more):
    said = io.StringIO()
    until = (today() + dt.timedelta(days)).isoformat()
    call_command("appoint_administrator", address, "--unit", unit.code, "--until", until, stdout=said, **more)
    return re.search(r"https?://[^/]+(/\S+)", said.getvalue())[1]


def use(link) -> Client:
    client = Client()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    return client


def test_somebody_new_is_made_appointed_and_let_in(nation):
    client = use(appoint(nation, name="Inga Leder"))
    member = Member.objects.get()
    assert (member.name, member.has_usable_password()) == ("Inga Leder", True)
    assert access.may(member, access.Right.KEEP_REGISTER, unit=nation)
    assert client.get(DESK).status_code == 200


def test_whoever_comes_by_the_link_is_led_to_a_second_factor_first(nation, settings):
    settings.TILLIT_REQUIRE_SECOND_FACTOR, settings.TILLIT_DEMO = True, False
    assert use(appoint(nation)).get(DESK)["Location"] == "/accounts/second-factor/"


def test_the_link_works_once(nation):
    link = appoint(nation)
    use(link)
    assert b"password1" not in Client().get(link, follow=True).content


def test_somebody_who_is_known_keeps_who_they_are(nation):
    for known in (
        make_member("Signed", email=ADDRESS, password=PASSWORD),
        make_member("Written", email="b@example.org"),
    ):
        appoint(nation, known.email)
        assert Appointment.objects.get(member=known).unit == nation
    assert Member.objects.count() == 2


def test_the_end_of_it_is_kept_and_the_trail_says_so(nation):
    appoint(nation, days=30)
    assert Appointment.objects.get().valid_until == today() + dt.timedelta(30)
    assert Entry.objects.filter(act="appoint", actor=None).count() == 1


def test_the_same_again_gives_a_new_link_and_no_second_appointment(nation):
    appoint(nation)
    use(appoint(nation))
    assert Appointment.objects.count() == 1


def test_an_address_that_several_share_does_not_say_who_is_meant(nation):
    for name in ("A", "B"):
        make_member(name, email=ADDRESS)
    with pytest.raises(CommandError, match="share"):
        appoint(nation)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(("change", "said"), [({"days": -1}, "to come"), ({"address": "ikke-epost"}, "@")])
def test_what_cannot_be_is_said(nation, change, said):
    with pytest.raises(CommandError, match=said):
        appoint(nation, **change)
    assert not Member.objects.exists()


def test_an_unknown_unit_is_said_with_those_there_are(nation):
    nation.code = "finnes-ikke"
    with pytest.raises(CommandError, match="Some that there are"):
        appoint(nation)
