"""The check page: genuine, lapsed or revoked; and everything else is one and the same 404."""

import datetime as dt

import pytest

from certificates.models import Credential, StatusChange
from certificates.numbers import ALPHABET, new_number
from certificates.queries import Verdict, check_number
from lms.periods import today
from tests.factories.courses import make_credential
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

NAME = "Åse-Márjá Østby"


@pytest.fixture
def credential(db):
    return make_credential(make_member(NAME), valid_until=dt.date(2090, 1, 1))


def show(credential, disclosure):
    Credential.objects.filter(pk=credential.pk).update(disclosure=disclosure)


def sent(client, number):
    """Everything an answer consists of, but for the clock."""
    answer = client.get(f"/c/{number}/")
    return answer.status_code, sorted((k, v) for k, v in answer.headers.items() if k != "Date"), answer.content


def test_a_genuine_certificate_is_said_to_be_genuine(client, credential):
    answer = client.get(f"/c/{credential.number}/")
    assert answer.status_code == 200
    assert "Ny i styret" in answer.content.decode()
    assert check_number(credential.number).verdict == Verdict.GENUINE


@pytest.mark.parametrize("typed", [str.lower, lambda n: f"{n[:4]}-{n[4:]}", lambda n: n.replace("0", "O")])
def test_a_number_typed_otherwise_finds_the_same(client, credential, typed):
    assert client.get(f"/c/{typed(credential.number)}/").status_code == 200


def test_every_number_with_one_letter_wrong_is_unknown(credential):
    for place in range(26):
        for letter in ALPHABET[place % 7 :: 7]:
            wrong = credential.number[:place] + letter + credential.number[place + 1 :]
            assert wrong == credential.number or check_number(wrong) is None


def test_one_letter_wrong_is_a_404(client, credential):
    last = credential.number[-1]
    assert client.get(f"/c/{credential.number[:-1]}{'0' if last != '0' else '1'}/").status_code == 404


def test_unknown_malformed_hidden_and_erased_are_answered_byte_for_byte_alike(client, credential):
    unknown = sent(client, new_number())
    assert unknown[0] == 404
    for malformed in ("0", "x", "u" * 26, "Z" * 26, "a" * 300, "%00", "æøå", "<script>"):
        assert sent(client, malformed) == unknown, malformed
    show(credential, "hidden")
    assert sent(client, credential.number) == unknown
    show(credential, "nameless")
    Credential.objects.filter(pk=credential.pk).update(payload={**credential.payload, "name": "En annen"})
    assert sent(client, credential.number) == unknown
    credential.holder.delete()
    assert sent(client, credential.number) == unknown


def test_the_answer_to_an_unknown_number_holds_neither_it_nor_a_cookie(client):
    number = new_number()
    answer = client.get(f"/c/{number}/")
    assert number not in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize(("disclosure", "is_named"), [("nameless", False), ("named", True)])
def test_the_name_is_in_the_page_only_when_the_holder_has_opened_it(client, credential, disclosure, is_named):
    show(credential, disclosure)
    page = client.get(f"/c/{credential.number}/").content.decode()
    assert (NAME in page) == is_named
    assert ("Østby" in page) == is_named


def test_a_name_with_markup_is_shown_as_text(client):
    credential = make_credential(make_member("Åse-Márjá <b>Østby</b> & Søn"))
    show(credential, "named")
    page = client.get(f"/c/{credential.number}/").content.decode()
    assert "Åse-Márjá &lt;b&gt;Østby&lt;/b&gt; &amp; Søn" in page
    assert "<b>Østby" not in page


def test_a_certificate_lapses_on_its_day(credential):
    Credential.objects.filter(pk=credential.pk).update(valid_until=dt.date(2030, 3, 14))
    day_before = check_number(credential.number, on=dt.date(2030, 3, 13))
    on_the_day = check_number(credential.number, on=dt.date(2030, 3, 14))
    assert (day_before.verdict, on_the_day.verdict) == (Verdict.GENUINE, Verdict.EXPIRED)


def test_a_certificate_without_end_does_not_lapse():
    credential = make_credential(make_member())
    assert check_number(credential.number, on=dt.date(2999, 1, 1)).verdict == Verdict.GENUINE


@pytest.mark.parametrize("status", ["revoked", "replaced"])
def test_a_revoked_certificate_is_said_to_be_revoked_even_when_it_has_lapsed(client, credential, status):
    StatusChange.objects.create(credential=credential, status=status, by=None, reason="Feil person")
    found = check_number(credential.number, on=dt.date(2099, 1, 1))
    assert (found.verdict, found.revoked_on) == (Verdict.REVOKED, today())
    page = client.get(f"/c/{credential.number}/")
    assert page.status_code == 200
    assert "Feil person" not in page.content.decode()
    assert page.content != client.get(f"/c/{make_credential(make_member()).number}/").content


def test_nobody_keeps_lists_or_follows_the_page(client, credential):
    for url in (f"/c/{credential.number}/", f"/c/{new_number()}/", "/c/"):
        answer = client.get(url)
        assert answer["Cache-Control"] == "private, no-store", url
        assert "noindex" in answer["X-Robots-Tag"], url
        assert answer["Referrer-Policy"] == "no-referrer", url


def test_the_form_leads_to_the_address_of_the_number(client, credential):
    spaced = f" {credential.number[:4]} {credential.number[4:].lower()} "
    assert client.get("/c/", {"number": spaced})["Location"] == f"/c/{credential.number}/"
    assert client.get("/c/", {"number": "tull"})["Location"] == "/c/0/"
    assert client.get("/c/", {"number": "  "}).status_code == 200


def test_more_than_sixty_lookups_a_minute_are_asked_to_wait(client, credential, monkeypatch):
    monkeypatch.setattr("lms.pages.limits.time.time", lambda: 1_800_000_000.0)
    codes = [client.get(f"/c/{new_number()}/").status_code for _ in range(62)]
    assert codes == [404] * 60 + [429] * 2
    assert client.get(f"/c/{credential.number}/").status_code == 429
    assert client.get(f"/c/{credential.number}/", REMOTE_ADDR="10.0.0.9").status_code == 200
    monkeypatch.setattr("lms.pages.limits.time.time", lambda: 1_800_000_060.0)
    assert client.get(f"/c/{credential.number}/").status_code == 200


def test_a_check_takes_two_queries(credential, django_assert_num_queries):
    with django_assert_num_queries(2):
        check_number(credential.number)
    with django_assert_num_queries(2):  # the second asks for what an erased holder may have left
        check_number(new_number())
    with django_assert_num_queries(0):
        check_number("tull")
