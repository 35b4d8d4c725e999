"""Vouching: asked for or unasked, by those who stand somewhere to the person, and put right by the giver."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.audit.models import Entry
from lms.competences import abouts, attesting
from lms.competences.abouts import About
from lms.competences.attesting import Thing
from lms.competences.models import AttestationRequest, Evidence
from lms.competences.queries import profiles_of
from lms.notifications.models import Notice
from lms.organisation.access import Role
from lms.organisation.models import Term
from tests.factories.competences import make_competence
from tests.factories.organisation import DAY, make_appointment, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db
BUDGET = "money.budget"
PRACTICE = About(
    "praksisoppgave-videre", {"nb": "Praksisoppgave", "en": "Practice task"}, ("chair_parent_unit", "instructor")
)


@pytest.fixture
def tree(set_today):
    set_today(DAY)
    return make_tree()


@pytest.fixture
def kari(tree):
    return make_member(of=tree[3])


@pytest.fixture
def chair(tree):
    chair = make_member("Leder Fylke", of=tree[1])
    make_term(chair, unit=tree[1])
    return chair


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(abouts, "_vouched", [lambda key: PRACTICE if key == PRACTICE.key else None])


def level(number: int = 2) -> Thing:
    return Thing(make_competence(), number)


def ask(kari, chair, thing=None, **more):
    return attesting.ask(member=kari, asked=chair, thing=thing or level(), by=kari, **more)


def test_a_request_is_told_and_a_yes_becomes_evidence_with_where_the_giver_stood(kari, chair):
    row = ask(kari, chair, words="Jeg førte budsjettet i 2025")
    assert Notice.objects.get(member=chair).kind == "attestation_asked"
    evidence = attesting.give(request=row, level=2, by=chair)
    assert (evidence.kind, evidence.level, evidence.on) == ("attestation", 2, DAY)
    assert (evidence.given_by, evidence.given_as) == (chair, ["chair_parent_unit"])
    row.refresh_from_db()
    assert row.state == "given" and row.evidence == evidence
    assert Notice.objects.get(member=kari).kind == "attestation_given"
    assert profiles_of([kari.pk])[kari.pk].level_of(BUDGET) == 2
    assert Entry.objects.filter(act="record_evidence", actor=chair.public_id).exists()


def test_notices_name_nobody(kari, chair):
    attesting.give(request=ask(kari, chair), level=1, by=chair)
    assert not any("Leder" in str(notice.context) or "Kari" in str(notice.context) for notice in Notice.objects.all())


def test_yes_may_be_to_a_lower_level_and_never_a_higher(kari, chair):
    row = ask(kari, chair)
    for wrong in (3, 0, None):
        with pytest.raises(ValidationError):
            attesting.give(request=row, level=wrong, by=chair)
    assert attesting.give(request=row, level=1, by=chair).level == 1


def test_no_needs_a_reason_that_only_the_two_can_read(kari, chair, client):
    row = ask(kari, chair)
    with pytest.raises(ValidationError):
        attesting.decline(request=row, reason=" ", by=chair)
    attesting.decline(request=row, reason="Jeg har ikke sett det", by=chair)
    page = f"/competences/vouching/{row.public_id}/"
    client.force_login(kari)
    assert "Jeg har ikke sett det" in client.get(page).content.decode()
    client.force_login(make_member("Nysgjerrig"))
    assert client.get(page).status_code == 404
    assert not Evidence.objects.exists()


def test_what_is_answered_or_taken_back_is_not_answered_again(kari, chair):
    row = ask(kari, chair)
    attesting.withdraw(request=row, by=kari)
    for act in (
        lambda: attesting.give(request=row, level=1, by=chair),
        lambda: attesting.decline(request=row, reason="Nei", by=chair),
        lambda: attesting.withdraw(request=row, by=kari),
    ):
        with pytest.raises(ValidationError):
            act()


def test_only_the_two_it_concerns_do_anything_with_a_request(kari, chair):
    row, other = ask(kari, chair), make_member("En annen")
    for act in (
        lambda: attesting.give(request=row, level=1, by=other),
        lambda: attesting.give(request=row, level=1, by=kari),
        lambda: attesting.decline(request=row, reason="Nei", by=kari),
        lambda: attesting.withdraw(request=row, by=chair),
        lambda: attesting.ask(member=kari, asked=chair, thing=level(), by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_somebody_outside_is_not_asked_and_neither_is_oneself(kari, tree):
    outside = make_member("Utenfor", of=tree[2])
    make_term(outside, unit=tree[2])
    make_term(kari, unit=tree[3])
    for wrong in (outside, kari):
        with pytest.raises(ValidationError):
            ask(kari, wrong)


def test_whoever_no_longer_stands_there_cannot_say_yes(kari, chair):
    row = ask(kari, chair)
    Term.objects.filter(member=chair).update(valid_until=DAY)
    with pytest.raises(ValidationError):
        attesting.give(request=row, level=1, by=chair)
    attesting.decline(request=row, reason="Jeg har gått av", by=chair)


def test_one_asks_the_same_person_about_the_same_once_and_ten_at_a_time(kari, chair):
    ask(kari, chair)
    with pytest.raises(ValidationError):
        ask(kari, chair)
    for number in range(9):
        ask(kari, chair, Thing(make_competence(f"a.{number}"), 1))
    with pytest.raises(ValidationError):
        ask(kari, chair, Thing(make_competence("b.1"), 1))


def test_a_thing_a_requirement_names_is_vouched_for_by_those_it_names(kari, chair, tree, known):
    county_office = make_member("Kontor")
    make_appointment(county_office, Role.ADMINISTRATOR, unit=tree[1])
    with pytest.raises(ValidationError):
        ask(kari, county_office, Thing(about=PRACTICE))
    evidence = attesting.give(request=ask(kari, chair, Thing(about=PRACTICE)), by=chair)
    assert (evidence.about, evidence.label["nb"], evidence.level) == (PRACTICE.key, "Praksisoppgave", None)


def test_what_a_thing_is_called_is_not_taken_from_the_address(kari, chair, known, client):
    client.force_login(kari)
    page = "/competences/vouching/ask/"
    assert client.get(f"{page}?about=finnes-ikke&label=Noe").status_code == 404
    shown = client.get(f"{page}?about={PRACTICE.key}&label=Tok med kake").content.decode()
    assert "Praksisoppgave" in shown and "kake" not in shown
    client.post(f"{page}?about={PRACTICE.key}&label=kake", {"asked": str(chair.public_id)})
    assert AttestationRequest.objects.get().label == dict(PRACTICE.label)


def test_unasked_the_person_is_told_and_twice_is_once(kari, chair):
    first = attesting.vouch(member=kari, thing=level(), by=chair)
    assert attesting.vouch(member=kari, thing=level(), by=chair) == first
    assert Notice.objects.get(member=kari).kind == "attestation_unasked"
    assert first.given_as == ["chair_parent_unit"]


def test_nobody_vouches_for_themselves_or_from_outside(kari, tree):
    chair = make_member("Leder selv", of=tree[3])
    make_term(chair, unit=tree[3])
    for person, giver in ((chair, chair), (kari, make_member("Fremmed"))):
        with pytest.raises(PermissionDenied):
            attesting.vouch(member=person, thing=level(), by=giver)


def test_the_giver_puts_it_right_and_the_first_row_stands(kari, chair):
    row = attesting.vouch(member=kari, thing=level(2), by=chair)
    for wrong in (2, 3, 0):
        with pytest.raises(ValidationError):
            attesting.correct_attestation(evidence=row, level=wrong, by=chair)
    lower = attesting.correct_attestation(evidence=row, level=1, by=chair)
    assert (lower.corrects, lower.level, lower.on, lower.given_as) == (row, 1, row.on, row.given_as)
    assert profiles_of([kari.pk])[kari.pk].level_of(BUDGET) == 1
    attesting.correct_attestation(evidence=lower, level=None, by=chair)
    assert profiles_of([kari.pk])[kari.pk].level_of(BUDGET) == 0
    assert Evidence.objects.count() == 3
    assert Notice.objects.filter(member=kari, kind="attestation_corrected").count() == 2


def test_only_the_giver_puts_it_right(kari, chair, client):
    row = attesting.vouch(member=kari, thing=level(2), by=chair)
    with pytest.raises(PermissionDenied):
        attesting.correct_attestation(evidence=row, level=1, by=kari)
    client.force_login(kari)
    assert client.get(f"/competences/vouching/given/{row.public_id}/").status_code == 404


# ---- the pages ---------------------------------------------------------------------------
def test_one_asks_and_the_other_answers_on_the_pages(kari, chair, client):
    make_competence()
    client.force_login(kari)
    page = f"/competences/vouching/ask/?competence={BUDGET}"
    assert "Leder Fylke" in client.get(page).content.decode()
    client.post(page, {"level": "2", "asked": str(chair.public_id), "words": "To år"})
    row = AttestationRequest.objects.get()
    client.force_login(chair)
    answer = f"/competences/vouching/{row.public_id}/"
    assert "To år" in client.get(answer).content.decode()
    assert client.post(answer, {"go": "no"}).status_code == 422
    assert client.post(answer, {"go": "yes", "level": "1"}).status_code == 302
    assert Evidence.objects.get().level == 1


def test_what_was_written_stays_when_something_must_be_put_right(kari, chair, client):
    make_competence()
    client.force_login(kari)
    answer = client.post(f"/competences/vouching/ask/?competence={BUDGET}", {"words": "Husk dette"})
    assert answer.status_code == 422 and "Husk dette" in answer.content.decode()


def test_the_page_of_vouching_exists_for_those_who_stand_somewhere(kari, chair, client):
    make_competence()
    for reader, status in ((chair, 200), (make_member("Fremmed"), 404), (kari, 404)):
        client.force_login(reader)
        assert client.get(f"/competences/vouching/for/{kari.public_id}/").status_code == status


def test_with_nobody_to_ask_the_page_says_what_one_can_do(kari, client):
    make_competence()
    client.force_login(kari)
    shown = client.get(f"/competences/vouching/ask/?competence={BUDGET}").content.decode()
    assert "/competences/prior/" in shown and "<textarea" not in shown


def test_whoever_stands_elsewhere_by_now_does_not_vouch_for_what_is_theirs_no_longer(tree, kari, chair, known):
    row = ask(kari, chair, Thing(about=PRACTICE))
    Term.objects.filter(member=chair).update(valid_until=DAY)
    make_appointment(chair, Role.ADMINISTRATOR, unit=tree[1])
    with pytest.raises(ValidationError):
        attesting.give(request=row, by=chair)
    row.refresh_from_db()
    assert row.state == "asked" and not Evidence.objects.exists()
