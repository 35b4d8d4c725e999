"""Mapping oneself: what is asked, kept as one goes on, apart from what is proven, and shown to whom one chooses."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.competences import mapping
from lms.competences.mapping import answer, asked_of, begin_mapping, end_mapping, show_mapping_to
from lms.competences.models import Evidence, Mapping, MappingViewer
from lms.competences.queries import profiles_of
from lms.members.consents import has_consent
from tests.factories.competences import make_evidence, make_need
from tests.factories.organisation import DAY, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db
KEYS = tuple(f"money.{letter}" for letter in "abcdefghijklmnopqrst")


@pytest.fixture
def kari(set_today):
    set_today(DAY)
    *_, bodo = make_tree()
    kari = make_member(of=bodo)
    make_term(kari, office="chair", unit=bodo)
    for key in KEYS:
        make_need(key, office="chair", level=2)
    for key in KEYS[:12]:
        make_need(key, office="board_member", level=1)
    return kari


def test_at_most_fourteen_are_asked_and_ten_of_somebody_without_an_office(kari):
    assert len(asked_of(kari).keys) == 14
    assert asked_of(make_member("Uten verv")).keys == KEYS[:10]


def test_an_answer_is_own_view_and_proves_nothing(kari):
    begin_mapping(member=kari, by=kari)
    answer(member=kari, key=KEYS[0], level=4, by=kari)
    standing = profiles_of([kari.pk])[kari.pk]
    assert standing.own_of(KEYS[0]) == 4
    assert standing.level_of(KEYS[0]) == standing.level_of(KEYS[1])  # what time in office shows, as before
    assert Evidence.objects.get().key == f"self:{kari.public_id}:{KEYS[0]}:{DAY}"


def test_a_changed_answer_the_same_day_corrects_the_first(kari):
    begin_mapping(member=kari, by=kari)
    first = answer(member=kari, key=KEYS[0], level=4, by=kari)
    second = answer(member=kari, key=KEYS[0], level=2, by=kari)
    assert answer(member=kari, key=KEYS[0], level=2, by=kari) is None
    assert second.corrects == first and asked_of(kari).answers == {KEYS[0]: 2}
    assert answer(member=kari, key=KEYS[0], level=3, by=kari).corrects == second
    assert profiles_of([kari.pk])[kari.pk].own_of(KEYS[0]) == 3


def test_a_mapping_is_left_and_taken_up_again_another_day(kari, set_today):
    begin_mapping(member=kari, by=kari)
    answer(member=kari, key=KEYS[0], level=1, by=kari)
    set_today(DAY + dt.timedelta(days=3))
    begin_mapping(member=kari, by=kari)
    answer(member=kari, key=KEYS[1], level=1, by=kari)
    asked = asked_of(kari)
    assert asked.done == 2 and asked.is_begun and Mapping.objects.count() == 1


def test_what_is_over_is_begun_anew_with_no_answers(kari, set_today):
    begin_mapping(member=kari, by=kari)
    for key in asked_of(kari).keys:
        answer(member=kari, key=key, level=1, by=kari)
    assert not asked_of(kari).is_begun
    set_today(DAY + dt.timedelta(days=200))
    begin_mapping(member=kari, by=kari)
    assert asked_of(kari).done == 0 and Mapping.objects.count() == 2
    assert profiles_of([kari.pk])[kari.pk].own_of(KEYS[0]) == 1


def test_nobody_answers_for_another(kari):
    ola = make_member("Ola")
    for act in (
        lambda: begin_mapping(member=kari, by=ola),
        lambda: answer(member=kari, key=KEYS[0], level=1, by=ola),
        lambda: answer(member=kari, key=KEYS[0], level=1, by=None),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_only_the_five_are_answers(kari):
    with pytest.raises(ValidationError):
        answer(member=kari, key=KEYS[0], level=5, by=kari)
    with pytest.raises(LookupError):
        answer(member=kari, key="no.such", level=1, by=kari)


def test_the_end_keeps_the_free_answer_and_consent_follows_the_tick(kari):
    row = begin_mapping(member=kari, by=kari)
    end_mapping(mapping=row, also_can=" Synger i kor ", shares=True, by=kari)
    assert Mapping.objects.get().also_can == "Synger i kor" and has_consent(kari, mapping.SEARCH)
    end_mapping(mapping=row, also_can="", shares=False, by=kari)
    assert not has_consent(kari, mapping.SEARCH)


def test_sharing_is_off_from_the_start(kari):
    begin_mapping(member=kari, by=kari)
    assert not has_consent(kari, mapping.SEARCH)


def test_own_view_is_shown_to_those_one_sits_with_and_no_stranger(kari):
    beside, stranger = make_member("Ved siden av"), make_member("Fremmed")
    kari.terms.get().body.terms.create(member=beside, office=kari.terms.get().office, valid_from=DAY)
    row = show_mapping_to(member=kari, viewer=beside, by=kari)
    assert list(mapping.shown_to(beside)) == [kari]
    for wrong in (stranger, kari):
        with pytest.raises(ValidationError):
            show_mapping_to(member=kari, viewer=wrong, by=kari)
    with pytest.raises(PermissionDenied):
        mapping.hide_mapping_from(row=row, by=beside)
    mapping.hide_mapping_from(row=row, by=kari)
    assert not MappingViewer.objects.exists()


# ---- the pages ---------------------------------------------------------------------------
def test_one_question_a_screen_from_the_first_to_the_end(kari, client):
    client.force_login(kari)
    answered = client.post("/competences/map/")
    for at in range(14):
        assert answered.status_code == 302 and f"/map/{KEYS[at]}/" in answered["Location"]
        answered = client.post(answered["Location"], {"level": "2", "go": "next"})
    assert answered["Location"] == "/competences/map/end/"
    assert asked_of(kari).done == 14


def test_a_question_may_be_passed_over_and_is_named_at_the_end(kari, client):
    client.force_login(kari)
    client.post("/competences/map/")
    client.post(f"/competences/map/{KEYS[0]}/", {"go": "next"})
    assert KEYS[0] in client.get("/competences/map/end/").content.decode()


def test_there_are_no_questions_before_one_has_begun(kari, client):
    client.force_login(kari)
    assert client.get(f"/competences/map/{KEYS[0]}/").status_code == 404
    client.post("/competences/map/")
    assert client.get(f"/competences/map/{KEYS[0]}/").status_code == 200
    assert client.get("/competences/map/no.such/").status_code == 404


def test_opening_a_question_writes_nothing(kari, client):
    client.force_login(kari)
    client.post("/competences/map/")
    client.get(f"/competences/map/{KEYS[0]}/")
    assert not Evidence.objects.exists()


def test_only_the_one_chosen_opens_anothers_own_view(kari, client):
    viewer = make_member("Sitter ved siden av")
    kari.terms.get().body.terms.create(member=viewer, office=kari.terms.get().office, valid_from=DAY)
    make_evidence(kari, kind=Evidence.Kind.SELF, key=KEYS[0], level=3)
    client.force_login(viewer)
    page = f"/competences/shown/{kari.public_id}/"
    assert client.get(page).status_code == 404
    show_mapping_to(member=kari, viewer=viewer, by=kari)
    assert KEYS[0] in client.get(page).content.decode()
