"""Nothing is kept longer than its rule says, and no rule can be set beyond its bounds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from assessments.attempts.models import Attempt, Response
from lms.audit.models import Entry, Sighting, SightingOf
from lms.audit.services import record_act, record_sighting
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.members.consents import give_consent, purposes, withdraw_consent
from lms.members.models import Consent
from lms.notifications.models import Notice
from lms.notifications.services import notify
from lms.organisation.access import Role
from lms.organisation.models import Appointment, Term
from lms.periods import Period
from lms.privacy.models import Erased
from lms.privacy.retention import (
    Rule,
    days_kept,
    keep_days_are_within_bounds,
    purge_all,
    register_retention,
    rules,
)
from media.playback.models import Watch
from tests.factories.courses import make_attempt, make_paper
from tests.factories.media import make_film
from tests.factories.organisation import LONG_AGO, make_appointment, make_member, make_term, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = timezone.now()


def ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def rule(name: str) -> Rule:
    return next(found for found in rules() if found.name == name)


def test_the_trail_is_kept_two_years() -> None:
    for days in (729, 731):
        Entry.objects.filter(pk=record_act("end_term", by=None, subject=f"d:{days}").pk).update(at=ago(days))
    assert purge_all(NOW)["trail"] == 1
    assert Entry.objects.get().subject == "d:729"


def test_who_saw_whom_is_kept_two_years() -> None:
    ada, kari = make_member("Ada"), make_member()
    for days in (729, 731):
        record_sighting(by=ada, page=f"p{days}", of=[kari.public_id])
        Sighting.objects.filter(page=f"p{days}").update(at=ago(days))
    assert purge_all(NOW)["sightings"] == 1
    assert SightingOf.objects.get().sighting.page == "p729"


def test_answers_go_after_a_year_and_the_mark_stays() -> None:
    attempt = make_attempt(make_paper(3), make_member(), right=2)
    Attempt.objects.update(graded_at=ago(366))
    points = attempt.points
    assert purge_all(NOW)["answers"] == 3
    attempt.refresh_from_db()
    assert (attempt.points, attempt.state, Response.objects.count()) == (points, "graded", 0)


def test_answers_of_this_year_stay() -> None:
    make_attempt(make_paper(3), make_member(), right=2)
    Attempt.objects.update(graded_at=ago(364))
    assert purge_all(NOW)["answers"] == 0


def test_an_attempt_left_open_keeps_only_whether_it_was_right() -> None:
    make_attempt(make_paper(3), make_member(), right=2, hand_in=False)
    Response.objects.update(answered_at=ago(366), is_right=True, answer=["a"])
    assert purge_all(NOW)["answers"] == 3
    assert set(Response.objects.values_list("is_right", "answered_at")) == {(True, None)}
    assert all(response.answer == [] for response in Response.objects.all())


def test_the_clock_of_a_film_is_forgotten_and_what_was_played_is_not() -> None:
    watch = Watch.objects.create(
        member=make_member(), recording=make_film(files=False), session="s", clock=9.0, session_began=1.0,
        intervals=[[0, 20]], seconds=2.0, updated_at=ago(31),
    )  # fmt: skip
    assert purge_all(NOW)["beats"] == 1
    watch.refresh_from_db()
    assert (watch.session, watch.clock, watch.intervals, watch.seconds) == ("", 0, [[0, 20]], 2.0)


def test_notices_are_kept_a_year() -> None:
    notify(members=[make_member()], kind="certificate_ready", key="old")
    Notice.objects.update(created_at=ago(366))
    notify(members=[make_member("Ola")], kind="certificate_ready", key="new")
    assert purge_all(NOW)["notices"] == 1
    assert Notice.objects.get().key == "new"


def test_sessions_that_ran_out_go_after_a_day() -> None:
    for days in (0, 2):
        Session.objects.create(session_key=f"k{days}", session_data="", expire_date=ago(days))
    assert purge_all(NOW)["sessions"] == 1
    assert Session.objects.get().session_key == "k0"


def test_rights_that_ended_go_after_two_years_and_terms_of_office_stay() -> None:
    unit = make_tree()[1]
    kari, past = make_member(of=unit), Period(LONG_AGO, ago(732).date())
    make_appointment(kari, Role.EDITOR, unit=unit, period=past)
    make_term(kari, unit=unit, period=past)
    assert purge_all(NOW)["rights"] == 1
    assert (Appointment.objects.count(), Term.objects.count()) == (0, 1)


def test_a_consent_withdrawn_is_remembered_for_two_years() -> None:
    kari, purpose = make_member(), purposes()[0].key
    give_consent(member=kari, purpose=purpose)
    withdraw_consent(member=kari, purpose=purpose)
    Consent.objects.update(withdrawn_at=ago(729))
    assert purge_all(NOW)["undone"] == 0
    Consent.objects.update(withdrawn_at=ago(731))
    assert purge_all(NOW)["undone"] == 1


def test_ids_of_the_erased_outlive_every_backup() -> None:
    make_erased = Erased.objects.create
    for days in (700, 732):
        make_erased(public_id=f"00000000-0000-4000-8000-{days:012}", erased_on=ago(days).date())
    assert purge_all(NOW)["erased"] == 1
    assert Erased.objects.count() == 1


def test_purging_twice_takes_nothing_more() -> None:
    Entry.objects.filter(pk=record_act("end_term", by=None, subject="d").pk).update(at=ago(900))
    assert sum(purge_all(NOW).values()) == 1
    assert sum(purge_all(NOW).values()) == 0


def test_it_is_done_once_a_day(django_capture_on_commit_callbacks) -> None:
    from lms.jobs.daily import request_daily

    with django_capture_on_commit_callbacks(execute=True):
        request_daily()
        run_waiting()
    job = Job.objects.get(kind="purge")
    assert job.state == Job.State.DONE and set(job.result) == {found.name for found in rules()}


def test_a_rule_that_fails_stops_no_other(monkeypatch, django_capture_on_commit_callbacks) -> None:
    from lms.jobs.daily import request_daily

    def fails(rule: Rule, now: dt.datetime) -> int:
        if rule.name == "answers":
            raise OSError("away")
        return 0

    monkeypatch.setattr("lms.organisation.tasks.purge_by", fails)
    with django_capture_on_commit_callbacks(execute=True):
        request_daily()
        run_waiting()
    job = Job.objects.get(kind="purge")
    assert (job.state, job.failed_items, "trail" in job.result) == (Job.State.DONE, 1, True)


def test_a_setting_moves_a_rule_within_its_bounds(settings) -> None:
    settings.TILLIT_KEEP_DAYS = {"trail": 400}
    assert days_kept(rule("trail")) == 400
    assert keep_days_are_within_bounds(None) == []


@pytest.mark.parametrize(
    ("name", "days", "code"), [("trail", 30, "E002"), ("answers", 9_999, "E002"), ("nonsense", 5, "E001")]
)
def test_a_setting_beyond_them_is_refused_at_start(settings, name: str, days: int, code: str) -> None:
    settings.TILLIT_KEEP_DAYS = {name: days}
    assert [error.id for error in keep_days_are_within_bounds(None)] == [f"privacy.{code}"]


def test_and_would_not_be_obeyed_either(settings) -> None:
    settings.TILLIT_KEEP_DAYS = {"trail": 1, "answers": 99_999}
    assert (days_kept(rule("trail")), days_kept(rule("answers"))) == (365, 365 * 3)


def test_a_rule_within_no_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="not within"):
        register_retention(Rule("test", "", days=5, floor=10, ceiling=20, purge=lambda before: 0))
    with pytest.raises(ValueError, match="two rules"):
        register_retention(Rule("trail", "", days=400, floor=1, ceiling=500, purge=lambda before: 0))
