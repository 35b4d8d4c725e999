"""Single sign-on: it opens the account of somebody who is known, and makes nobody."""

import time
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from lms.members.models import Member
from tests.factories.organisation import make_member
from tests.factories.signing import DESK, LOGIN, PASSWORD, make_app
from tests.lms.members.provider import CLIENT, SECRET, STRANGER, running

pytestmark = pytest.mark.django_db
BEGIN, BACK = "/accounts/single/single/", "/accounts/single/single/back/"
ADDRESS = "kari@example.org"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


@pytest.fixture
def provider(settings):
    with running() as found:
        app = {"provider_id": "single", "name": "Huset", "client_id": CLIENT, "secret": SECRET,
               "settings": {"server_url": found.issuer}}  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        settings.TILLIT_OIDC_NAME = "Huset"
        yield found


def sign_in(client, provider, following=""):
    """Through the provider and back; the last answer of ours."""
    leads = client.get(BEGIN, {"next": following} if following else {})["Location"]
    assert leads.startswith(f"{provider.issuer}/authorize?")
    with pytest.raises(HTTPError) as moved:
        build_opener(_Stay).open(leads, timeout=5)
    with moved.value as answer:
        back = urlsplit(answer.headers["Location"])
    assert back.path == BACK
    return client.get(f"{back.path}?{back.query}")


@pytest.fixture
def kari() -> Member:
    return make_member(email=ADDRESS, password=PASSWORD)


def known(provider, **said):
    provider.person = {"sub": "u-1", "email": ADDRESS, "email_verified": True, **said}


def test_a_confirmed_address_opens_the_account_it_belongs_to(client, provider, kari):
    known(provider)
    assert sign_in(client, provider)["Location"] == DESK
    assert client.get(DESK).wsgi_request.user == kari
    assert SocialAccount.objects.get().user == kari


def test_it_leads_back_to_where_one_was(client, provider, kari):
    known(provider)
    assert sign_in(client, provider, "/desk/certificates/")["Location"] == "/desk/certificates/"


def test_an_address_the_provider_has_not_confirmed_opens_nothing(client, provider, kari):
    known(provider, email_verified=False)
    assert sign_in(client, provider).status_code == 403
    assert client.get(DESK).status_code == 302


def test_an_address_that_is_not_confirmed_here_opens_nothing(client, provider, kari):
    kari.emailaddress_set.update(verified=False)
    known(provider)
    assert sign_in(client, provider).status_code == 403


def test_somebody_unknown_is_told_so_kindly_and_nobody_is_made(client, provider, kari):
    known(provider, email="fremmed@example.org")
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert "fremmed@" not in answer.content.decode()
    assert (Member.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_the_member_number_finds_a_member_without_address(client, provider, settings):
    settings.TILLIT_OIDC_MEMBER_NUMBER_CLAIM = "member_no"
    ola = make_member("Ola", member_number="4711")
    provider.person = {"sub": "u-2", "member_no": 4711}
    assert sign_in(client, provider)["Location"] == DESK
    assert client.get(DESK).wsgi_request.user == ola


def test_a_member_number_that_nobody_has_is_not_tried_as_an_address(client, provider, settings, kari):
    settings.TILLIT_OIDC_MEMBER_NUMBER_CLAIM = "member_no"
    known(provider, member_no="999")
    assert sign_in(client, provider).status_code == 403


def test_the_second_time_the_provider_is_known_by_its_own_name_for_the_person(client, provider, kari):
    known(provider)
    sign_in(client, provider)
    known(provider, email="flyttet@example.org")
    other = Client()
    assert sign_in(other, provider)["Location"] == DESK
    assert other.get(DESK).wsgi_request.user == kari


def test_nothing_of_what_the_provider_told_is_kept(client, provider, kari):
    known(provider, phone="90 00 00 00")
    sign_in(client, provider)
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_a_second_factor_is_asked_for_all_the_same(client, provider, kari):
    make_app(kari)
    known(provider)
    assert sign_in(client, provider)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get(DESK).status_code == 302


def test_a_closed_account_stays_closed(client, provider, kari):
    known(provider)
    sign_in(client, provider)
    Member.objects.update(is_active=False)
    sign_in(Client(), provider)
    assert client.get(DESK).status_code == 302


BAD = [
    {"iss": "https://ond.example"},
    {"aud": "en-annen"},
    {"exp": int(time.time()) - 60},
    {"sub": "en-annen"},
]


@pytest.mark.parametrize("token", BAD)
def test_a_token_for_somebody_else_opens_nothing(client, provider, kari, token):
    known(provider)
    provider.token = token
    assert sign_in(client, provider).status_code in (401, 403)
    assert client.get(DESK).status_code == 302


def test_a_token_signed_by_a_stranger_opens_nothing(client, provider, kari):
    known(provider)
    provider.key = STRANGER
    sign_in(client, provider)
    assert client.get(DESK).status_code == 302


def test_an_answer_nobody_asked_for_opens_nothing(client, provider, kari):
    known(provider)
    client.get(BACK, {"code": "c", "state": "x"})
    assert client.get(DESK).status_code == 302


def test_a_provider_that_is_away_is_said_and_nobody_is_stuck(client, settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.get(BEGIN)
    assert answer.status_code in (401, 503)
    assert LOGIN in answer.content.decode()


def test_the_button_stands_on_the_sign_in_page_only_when_there_is_a_provider(client, provider, settings):
    assert "Huset" in client.get(LOGIN).content.decode()
    settings.TILLIT_OIDC_NAME = ""
    assert "Huset" not in client.get(LOGIN).content.decode()
    assert client.get(BEGIN).status_code == 404
