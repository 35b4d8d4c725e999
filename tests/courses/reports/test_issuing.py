"""Certificates to a whole group: once each, by right, with a line per person."""

import pytest
from django.core.exceptions import PermissionDenied

from certificates.models import Credential
from courses.enrolment.models import CourseCompletion
from courses.progression.models import LevelRule
from courses.reports.issuing import describe, issue_to_group
from lms.audit.models import Entry
from lms.jobs.models import Job, JobItem
from lms.jobs.sweeper import run_waiting
from lms.notifications.models import Notice
from lms.organisation.models import Appointment
from lms.periods import today
from tests.factories.courses import finish
from tests.factories.organisation import make_appointment, make_member


def issue(county) -> Job | None:
    job = issue_to_group(subject=county.level, unit=county.unit, by=county.administrator)
    run_waiting()
    if job is not None:
        job.refresh_from_db()
    return job


def test_everybody_who_waits_gets_one_certificate(county):
    awards = [county.reached(f"Person {number}") for number in range(3)]
    job = issue(county)
    assert (job.state, job.result) == ("done", {"issued": 3, "others": 0})
    assert set(Credential.objects.values_list("award_key", flat=True)) == {award.key for award in awards}


def test_issuing_again_issues_nothing(county):
    county.reached("Åse")
    issue(county)
    assert issue(county) is None
    assert Credential.objects.count() == 1


def test_two_administrators_who_ask_for_the_same_share_one_job(county):
    county.reached("Åse")
    colleague = make_member("Colleague", of=county.unit)
    make_appointment(colleague, "administrator", unit=county.unit)
    first = issue_to_group(subject=county.level, unit=county.unit, by=county.administrator)
    assert issue_to_group(subject=county.level, unit=county.unit, by=colleague) == first


def test_an_award_given_meanwhile_is_the_next_batch(county):
    county.reached("Åse")
    issue(county)
    county.reached("Per")
    assert issue(county).result == {"issued": 1, "others": 0}


def test_the_right_is_asked_for_again_when_the_work_is_done(county):
    county.reached("Åse")
    job = issue_to_group(subject=county.level, unit=county.unit, by=county.administrator)
    Appointment.objects.update(valid_until=today())
    run_waiting()
    job.refresh_from_db()
    assert (job.state, Credential.objects.count()) == ("failed", 0)


def test_another_countys_people_cannot_be_issued_to(county):
    county.reached("Ola", of=county.other)
    with pytest.raises(PermissionDenied):
        issue_to_group(subject=county.level, unit=county.other, by=county.administrator)
    assert not Job.objects.exists()


def test_holders_are_told_once_and_the_subject_names_nothing(county):
    award = county.reached("Åse")
    issue(county)
    (notice,) = Notice.objects.all()
    assert (notice.member, notice.kind) == (award.member, "certificate_ready")


def test_the_sheet_is_signed_by_the_administrator(county):
    county.reached("Åse")
    issue(county)
    assert Credential.objects.get().payload["signatures"] == [["Inga Sørvær", "Administrator"]]


def test_the_batch_is_on_the_trail_without_names(county):
    county.reached("Åse")
    issue(county)
    entry = Entry.objects.get(act="issue_to_group")
    assert entry.actor == county.administrator.public_id
    assert "Åse" not in str(entry.details)


def test_a_result_line_names_only_whom_the_reader_may_issue_for(county):
    county.reached("Åse")
    job = issue(county)
    items = list(JobItem.objects.filter(job=job))
    assert [line.label for line in describe(items, county.administrator)] == ["Åse"]
    stranger = make_member("Stranger", of=county.other)
    assert "Åse" not in describe(items, stranger)[0].label


def test_a_course_gives_a_certificate_without_a_cairn(county):
    course = LevelRule.objects.get().certificate_course
    member = make_member("Åse", of=county.town)
    finish(course, member)
    assert CourseCompletion.objects.filter(member=member).exists()
    issue_to_group(subject=course, unit=county.unit, by=county.administrator)
    run_waiting()
    payload = Credential.objects.get().payload
    assert (payload["title"], payload["stones"], payload["level_line"]) == ("Ny i styret", 0, "")
