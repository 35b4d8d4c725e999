"""The ledger of evidence: appended, corrected by new rows, and drawn into profiles at once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.audit.models import Entry
from lms.competences.models import Area, Evidence, Profile
from lms.competences.profiles import rebuild_profiles, redraw_due
from lms.competences.queries import evidence_of, framework_on, needs_of_body, needs_of_office, profiles_of
from lms.competences.services import NewEvidence, correct_evidence, record_evidence
from lms.competences.signals import evidence_recorded, profiles_changed
from lms.organisation.models import Appointment
from lms.organisation.services import begin_term, end_term
from lms.periods import Period, today
from tests.factories.competences import make_body_need, make_competence, make_evidence, make_need
from tests.factories.organisation import make_appointment, make_body, make_member, make_office, make_term, make_unit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)
BUDGET = "money.budget"


def level_of(member, key=BUDGET):
    return profiles_of([member.pk])[member.pk].level_of(key)


def test_evidence_is_drawn_into_the_profile_at_once():
    kari = make_member()
    make_evidence(kari, level=2, on=DAY)
    standing = profiles_of([kari.pk])[kari.pk]
    assert (standing.level_of(BUDGET), standing.since_of(BUDGET, 2)) == (2, DAY)


def test_what_has_a_key_that_is_there_is_left_alone(heard):
    kari, calls = make_member(), heard(evidence_recorded)
    make_evidence(kari, level=1, row_key="course:a")
    assert record_evidence(rows=[NewEvidence(kari.pk, "course", "course:a", DAY, level=2)], by=None) == []
    assert level_of(kari) == 1 and len(calls) == 1


def test_recording_is_announced_with_ids_of_rows_and_people(heard):
    calls = heard(evidence_recorded)
    kari, ola = make_member(), make_member("Ola")
    rows = [NewEvidence(one.pk, "hours", f"hours:{one.pk}", DAY, hours=3) for one in (kari, ola)]
    written = record_evidence(rows=rows, by=None)
    assert calls[0]["ids"] == [row.pk for row in written] and calls[0]["member_ids"] == [kari.pk, ola.pk]


def test_recording_for_many_asks_the_database_as_often_as_for_few(django_assert_max_num_queries):
    people = [make_member(f"Nr {n}").pk for n in range(60)]
    competence, asked = make_competence(), []
    for part in (people[:1], people[1:6], people[10:55]):
        rows = [NewEvidence(pk, "course", f"course:{pk}", DAY, competence.pk, 2) for pk in part]
        with django_assert_max_num_queries(60) as captured:
            record_evidence(rows=rows, by=None)
        asked.append(len(captured))
    assert asked[1] == asked[2]


def test_a_void_row_counts_for_nothing_and_stands():
    kari = make_member()
    row = make_evidence(kari, level=2)
    void = correct_evidence(evidence=row, by=None, replacement=None)
    assert level_of(kari) == 0 and evidence_of(kari) == []
    assert void.corrects == row and Evidence.objects.count() == 2
    assert not Profile.objects.filter(member=kari).exists()


def test_a_replacement_counts_instead():
    kari = make_member()
    row = make_evidence(kari, level=2)
    new = NewEvidence(kari.pk, "course", "course:right", DAY, row.competence_id, level=1)
    correct_evidence(evidence=row, by=None, replacement=new)
    assert level_of(kari) == 1 and [found.key for found in evidence_of(kari)] == ["course:right"]


def test_a_row_is_corrected_once():
    row = make_evidence(make_member())
    correct_evidence(evidence=row, by=None, replacement=None)
    with pytest.raises(ValidationError):
        correct_evidence(evidence=row, by=None, replacement=None)


def test_a_correction_is_about_the_same_person():
    row, ola = make_evidence(make_member()), make_member("Ola")
    with pytest.raises(ValidationError):
        correct_evidence(evidence=row, by=None, replacement=NewEvidence(ola.pk, "course", "x", DAY))


def test_nobody_proves_anything_for_themselves():
    kari = make_member()
    with pytest.raises(PermissionDenied):
        record_evidence(rows=[NewEvidence(kari.pk, "attestation", "a", DAY, given_by_id=kari.pk)], by=kari)


def test_a_person_records_what_they_say_of_themselves_and_it_proves_nothing():
    kari, competence = make_member(), make_competence()
    record_evidence(rows=[NewEvidence(kari.pk, "self", "self:1", DAY, competence.pk, 4)], by=kari)
    standing = profiles_of([kari.pk])[kari.pk]
    assert (standing.level_of(BUDGET), standing.own_of(BUDGET)) == (0, 4)
    assert not Entry.objects.filter(act="record_evidence").exists()


def test_whoever_keeps_levels_records_for_their_unit_and_it_is_on_the_trail():
    unit = make_unit()
    kari, ola, keeper = make_member(of=unit), make_member("Ola"), make_member("Åse")
    make_appointment(keeper, Appointment.Role.ADMINISTRATOR, unit=unit)
    record_evidence(rows=[NewEvidence(kari.pk, "prior", "p:1", today())], by=keeper)
    assert Entry.objects.get(act="record_evidence").subject == f"member:{kari.public_id}"
    with pytest.raises(PermissionDenied):
        record_evidence(rows=[NewEvidence(ola.pk, "prior", "p:2", today())], by=keeper)


def test_whoever_vouched_may_take_it_back_and_the_person_may_not():
    kari, giver = make_member(), make_member("Ola")
    row = make_evidence(kari, kind="attestation", level=2, given_by_id=giver.pk)
    with pytest.raises(PermissionDenied):
        correct_evidence(evidence=row, by=kari, replacement=None)
    correct_evidence(evidence=row, by=giver, replacement=None)
    assert level_of(kari) == 0


def test_an_office_reaches_its_year_by_the_daily_job_alone(set_today, heard):
    make_need(level=3)
    kari, unit, calls = make_member(), make_unit(), heard(profiles_changed)
    set_today(dt.date(2026, 3, 1))
    begin_term(member=kari, office=make_office(), body=make_body(unit), period=Period(dt.date(2026, 3, 1)), by=None)
    assert Profile.objects.get().changes_on == dt.date(2027, 3, 1)
    set_today(dt.date(2027, 2, 28))
    assert redraw_due() == [] and level_of(kari) == 0
    set_today(dt.date(2027, 3, 1))
    assert redraw_due() == [kari.pk] and level_of(kari) == 2
    assert [call["member_ids"] for call in calls] == [[kari.pk]]


def test_a_term_that_ends_early_never_reaches_its_year(set_today):
    make_need()
    kari = make_member()
    set_today(dt.date(2026, 3, 1))
    term = make_term(kari, unit=make_unit(), period=Period(dt.date(2026, 1, 1)))
    end_term(term=term, on=dt.date(2026, 3, 1), by=None)
    assert Profile.objects.get().changes_on is None


def test_a_term_in_the_past_counts_when_it_is_recorded():
    make_need()
    kari = make_member()
    make_term(kari, unit=make_unit(), period=Period(dt.date(2020, 1, 1), dt.date(2022, 1, 1)))
    assert level_of(kari) == 2


def test_a_profile_is_looked_at_again_the_day_needs_change():
    need = make_need()
    need.valid_until = dt.date(2099, 1, 1)
    need.save()
    make_evidence(make_member())
    assert Profile.objects.get().changes_on == dt.date(2099, 1, 1)


def test_fading_is_drawn_on_its_day(set_today):
    make_competence("care.privacy", fades_after_months=48)
    kari = make_member()
    set_today(dt.date(2024, 2, 29))
    make_evidence(kari, key="care.privacy", on=dt.date(2024, 2, 29))
    set_today(dt.date(2028, 2, 29))
    assert redraw_due() == [kari.pk] and level_of(kari, "care.privacy") == 1


def test_drawing_everybody_drops_those_of_whom_nothing_is_known():
    kari = make_member()
    make_evidence(kari)
    Profile.objects.create(member=make_member("Ola"), computed_on=DAY)
    assert rebuild_profiles() == 2 and [row.member for row in Profile.objects.all()] == [kari]


def test_profiles_are_read_in_one_query(django_assert_num_queries):
    people = [make_member(f"Nr {n}").pk for n in range(30)]
    make_competence()
    profiles_of(people)
    with django_assert_num_queries(1):
        profiles_of(people)


def test_needs_of_an_office_are_its_own_at_a_kind_of_unit():
    make_need(BUDGET, level=2)
    make_need("lead.culture", level=3)
    make_need("lead.culture", level=4, unit_kind="county")
    assert [(need.competence_key, need.level) for need in needs_of_office("chair", "county")] == [
        (BUDGET, 2),
        ("lead.culture", 4),
    ]
    assert [need.level for need in needs_of_office("chair", "local")] == [2, 3]


def test_a_body_needs_a_competence_of_some_or_of_everybody():
    make_body_need(BUDGET, level=2, least=2)
    make_body_need("care.privacy", level=1, least=0)
    assert [need.people(7) for need in needs_of_body("board")] == [2, 7]


def test_the_framework_is_kept_and_follows_its_rows(django_assert_num_queries, django_capture_on_commit_callbacks):
    make_competence()
    assert framework_on().entry(BUDGET).title["nb"] == BUDGET
    with django_assert_num_queries(0):
        framework_on()
    with django_capture_on_commit_callbacks(execute=True):
        area = Area.objects.get()
        area.title = {"nb": "Penger"}
        area.save()
    assert [str(shown) for shown in framework_on().areas] == ["Penger"]
