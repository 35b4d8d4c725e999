"""Who an event touches is evaluated, and nobody else; time does the rest by the daily job."""

import datetime as dt

import pytest
from django.utils import timezone

from courses.progression import receivers, tasks
from courses.progression.kinds import Attested, CompetenceHeld, CourseCompleted, OfficeHeld, SessionAttended
from courses.progression.models import Award, CourseProves, NextLook
from courses.progression.queries import gather_records, tree_of
from courses.progression.rules import Substitutable
from courses.progression.services import record_course_proofs
from lms.competences.models import Competence, Evidence, Framework
from lms.competences.services import NewEvidence, record_evidence
from lms.competences.signals import profiles_changed
from lms.jobs.models import Job
from lms.jobs.services import run_job
from lms.organisation.signals import members_merged, members_unmerged, term_started
from lms.periods import Period
from tests.factories.courses import finish, make_award, make_course, make_rule
from tests.factories.organisation import make_member, make_term, make_unit

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 14, 12, 0, tzinfo=dt.UTC)
DAY = NOON.date()


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def kari(db):
    return make_member()


@pytest.fixture
def evaluated(monkeypatch):
    """Whom the receivers have evaluated."""
    seen = []
    monkeypatch.setattr(receivers, "evaluate", lambda member_ids: seen.append(sorted(member_ids)))
    return seen


def test_a_new_term_says_when_it_will_have_lasted_long_enough(kari):
    OfficeHeld.objects.create(rule=make_rule(), months=6)
    term = make_term(kari, unit=make_unit(), period=Period(DAY))
    term_started.send(type(term), ids=[term.pk])
    assert NextLook.objects.get().on == dt.date(2026, 9, 14)


def test_the_daily_job_gives_what_time_has_brought(kari, monkeypatch):
    OfficeHeld.objects.create(rule=make_rule(), months=6)
    term = make_term(kari, unit=make_unit(), period=Period(DAY))
    term_started.send(type(term), ids=[term.pk])
    monkeypatch.setattr(timezone, "now", lambda: NOON + dt.timedelta(days=200))
    job = Job.objects.create(kind=tasks.DAY, key="daily")
    assert run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.result == {"people": 1, "awards": 1}
    award = Award.objects.get()
    assert (award.member, award.facts) == (kari, [f"term:{term.pk}"])


def test_everybody_is_evaluated_as_a_job(kari):
    finished = make_member("Ola")
    course = make_course(1)
    finish(course, finished)
    make_rule(course)
    job = tasks.request_evaluation_of_everybody(cause="test", by=None)
    assert run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.result, Award.objects.get().member) == ({"people": 2, "awards": 1}, finished)


def test_a_job_that_is_begun_again_goes_on_where_it_was_left(kari):
    course = make_course(1)
    finish(course, kari)
    make_rule(course)
    job = Job.objects.create(kind=tasks.EVERYBODY, key="again", result={"after": kari.pk, "people": 1, "awards": 1})
    assert run_job(job_id=job.pk)
    assert not Award.objects.exists()


def test_evidence_evaluates_those_it_is_about(kari):
    Attested.objects.create(rule=make_rule(), about="oppgaven", by=["instructor"])
    row = NewEvidence(kari.pk, "attestation", "attest:1", DAY, about="oppgaven", given_as=["instructor"])
    record_evidence(rows=[row], by=None)
    assert Award.objects.get().facts == ["attest:1"]


def test_a_waiver_of_a_requirement_lifts_it(kari):
    SessionAttended.objects.create(rule=make_rule(), key="samling", session_key="samling", title={"nb": "Samling"})
    record_evidence(rows=[NewEvidence(kari.pk, "waiver", "waiver:1", DAY, about="samling")], by=None)
    assert Award.objects.get().facts == ["waiver:1"]


def test_a_corrected_row_counts_no_more(kari):
    record_evidence(rows=[NewEvidence(kari.pk, "hours", "hours:1", DAY, hours=6)], by=None)
    assert len(gather_records([kari.pk])[kari.pk].hours) == 1
    Evidence.objects.create(
        member=kari, kind="hours", key="void", on=DAY, is_void=True, corrects=Evidence.objects.get()
    )
    assert gather_records([kari.pk])[kari.pk].hours == []


def test_a_completed_course_writes_what_it_proves_once_and_evaluates_once(kari, evaluated):
    course = make_course(1)
    framework = Framework.objects.create(key="prove", title={"nb": "Prøve"})
    competence = Competence.objects.create(framework=framework, key="prove.it", number=90)
    CourseProves.objects.create(course=course, competence=competence, level=2)
    finish(course, kari)
    row = Evidence.objects.get()
    assert row.key == f"course:{course.public_id}:{kari.public_id}:prove.it"
    assert (row.kind, row.level, row.on, row.subject) == ("course", 2, DAY, f"course:{course.public_id}")
    assert [pk for ids in evaluated for pk in ids] == [kari.pk]
    assert record_course_proofs(completions=kari.course_completions.values_list("pk", flat=True)) == set()


def test_two_people_who_complete_a_course_get_a_row_each(kari):
    course, ola = make_course(1), make_member("Ola")
    framework = Framework.objects.create(key="prove", title={"nb": "Prøve"})
    competence = Competence.objects.create(framework=framework, key="prove.it", number=90)
    CourseProves.objects.create(course=course, competence=competence, level=2)
    CompetenceHeld.objects.create(rule=make_rule(), competence=competence, least_level=2)
    finish(course, kari)
    finish(course, ola)
    assert Evidence.objects.count() == 2


def test_fading_merging_and_unmerging_evaluate_those_they_touch(kari, evaluated):
    ola = make_member("Ola")
    profiles_changed.send(None, member_ids=[kari.pk])
    members_merged.send(None, kept=kari.pk, absorbed=ola.pk)
    members_unmerged.send(None, kept=kari.pk, absorbed=ola.pk)
    assert evaluated == [[kari.pk], [kari.pk], sorted([kari.pk, ola.pk])]


def test_a_rule_that_changes_is_read_anew(kari):
    rule = make_rule()
    assert tree_of(rule).parts == ()
    CourseCompleted.objects.create(rule=rule, course=make_course(1), key="kurset")
    (part,) = tree_of(rule).parts
    assert isinstance(part, Substitutable)
    assert (part.key, part.rule.is_planned) == ("kurset", False)


def test_a_course_is_planned_until_it_is_published(kari):
    from courses.curriculum.models import Course

    rule = make_rule()
    course = Course.objects.create(key="kommer", title={"nb": "Kommer"})
    CourseCompleted.objects.create(rule=rule, course=course)
    assert tree_of(rule).parts[0].is_planned
    course.outlines.create(number=1)
    assert not tree_of(rule).parts[0].is_planned


def test_a_tree_takes_no_query_when_it_is_warm(django_assert_num_queries):
    rule = make_rule(make_course(1))
    tree_of(rule)
    with django_assert_num_queries(0):
        tree_of(rule)


def test_a_level_held_is_seen_by_what_asks_for_it(kari):
    make_award(kari, rule=make_rule(), on=dt.date(2024, 1, 1), valid_until=dt.date(2028, 1, 1))
    held = gather_records([kari.pk])[kari.pk].levels["leadership.grunn"]
    assert (held.since, held.until) == (dt.date(2024, 1, 1), dt.date(2028, 1, 1))
