"""A person who is erased is nowhere: not in a table, a file, the cache, a log, or the raw pages of the database."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection

from courses.catalogue.models import CoursePage
from lms.audit.models import Entry
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.erasing import due_for_erasure, erase_member, leave_no_traces
from lms.organisation.leaving import keep_history, record_leaving
from lms.organisation.models import Delegation, Membership
from lms.pages.models import Document
from lms.periods import today
from lms.privacy.declarations import OnErase, declared
from lms.privacy.erasing import erase_person
from lms.privacy.ledger import erased_ids, keep_file_in_line
from lms.privacy.models import Erased
from lms.privacy.ways import rows_of, ways_from
from tests.factories.canary import EMAIL, cached, everything, files, make_canary, marks_in, own_models
from tests.factories.organisation import make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.TILLIT_ERASED_FILE = str(tmp_path / "kept" / "erased")


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    def erase_now(member: Member) -> dict[str, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return erase_member(member=member, by=None)

    return erase_now


def test_the_canary_is_everywhere_before(caplog) -> None:
    canary = make_canary()
    assert marks_in(everything()) != [] and marks_in(cached()) != []
    assert any(name.startswith("own-copies/") for name in files())
    bare = [model.__name__ for model in own_models() if not rows_of(canary, model).exists()]
    assert bare == [], "these cannot be filled by themselves: give the canary a row of each"


def test_no_mark_of_the_erased_is_left_in_any_table(erase) -> None:
    erase(make_canary())
    assert [line for line in everything().splitlines() if marks_in(line)] == []


def test_none_in_files_cache_or_logs(erase, caplog) -> None:
    canary = make_canary()
    with caplog.at_level(logging.DEBUG):
        erase(canary)
    assert not [name for name in files() if name.startswith("own-copies/")]
    assert marks_in(b"".join(files().values())) == []
    assert marks_in(cached()) == []
    assert marks_in(caplog.text) == []


@pytest.mark.django_db(transaction=True)
def test_none_in_the_raw_bytes_of_the_database() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL frees the space by itself; docs/algorithms/erasure.md says when")
    connection.cursor().execute("PRAGMA secure_delete=ON")
    canary = make_canary()
    leave_no_traces()
    path = Path(settings.DATABASES["default"]["NAME"])
    assert marks_in(path.read_bytes()) != []
    erase_member(member=canary, by=None)
    leave_no_traces()
    parts = [path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))]
    assert {part.name: marks_in(part.read_bytes()) for part in parts if part.exists()} == {
        part.name: [] for part in parts if part.exists()
    }


def test_no_key_to_the_erased_is_left(erase) -> None:
    canary = make_canary()
    key, pk = str(canary.public_id), canary.pk
    erase(canary)
    left = {
        f"{model._meta.label}.{field.name}"
        for model in declared()
        for field in model._meta.concrete_fields
        if field.related_model is Member and model._base_manager.filter(**{field.name: pk}).exists()
    }
    assert left == set()
    named = {line.split()[0] for line in everything().splitlines() if key in line or key.replace("-", "") in line}
    assert named <= {"audit.Entry", "audit.Sighting", "audit.SightingOf", "privacy.Erased", "certificates.StatusChange"}


def test_what_others_have_is_left_alone(erase) -> None:
    canary = make_canary()
    before = Member.objects.count(), CoursePage.objects.count(), Document.objects.count()
    erase(canary)
    assert (Member.objects.count() + 1, CoursePage.objects.count(), Document.objects.count()) == before
    assert Document.objects.get().uploaded_by_user is None
    assert CoursePage.objects.get().owner is None
    assert Job.objects.filter(kind="own_copy", created_by=None).exists()


def test_what_the_erased_lent_ends_with_them(erase) -> None:
    erase(make_canary())
    assert not Delegation.objects.exists()


def test_the_result_counts_by_kind(erase) -> None:
    counts = erase(make_canary())
    assert counts["members.Member"] == 1 and counts["account.EmailConfirmation"] == 1
    assert counts["eraser:own copies"] == 1 and counts["eraser:sessions"] == 1


def test_rows_two_keys_away_are_found() -> None:
    lookups = [way.lookup for way in ways_from(EmailConfirmation)]
    assert lookups == ["email_address__user"]
    assert [way.lookup for way in ways_from(EmailAddress)] == ["user"]


def test_nobody_erases_another(erase) -> None:
    with pytest.raises(PermissionDenied):
        erase_member(member=make_member(), by=make_member("Ola"))


def test_letters_in_the_folder_of_an_installation_go_too(erase, settings) -> None:
    canary = make_canary()
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir()
    (folder / "hers.log").write_text(f"To: {EMAIL.upper()}\n\nHei")
    (folder / "his.log").write_text("To: ola@example.org\n\nHei")
    erase(canary)
    assert [path.name for path in folder.iterdir()] == ["his.log"]


def test_an_eraser_that_fails_leaves_the_person_whole(monkeypatch) -> None:
    canary = make_member(of=make_tree()[1])

    def fails(person: Member) -> int:
        raise OSError("away")

    monkeypatch.setattr("lms.privacy.erasing.erasers", lambda: iter([("fails", fails)]))
    with pytest.raises(OSError, match="away"):
        erase_person(canary)
    assert Member.objects.filter(pk=canary.pk).exists() and Membership.objects.filter(member=canary).exists()


# ---- when their day has come -----------------------------------------------------------------
def leave(*people: Member, days_ago: int) -> None:
    record_leaving(member_ids=[person.pk for person in people], on=today(), by=None)
    Leaving.objects.update(erase_on=today() + dt.timedelta(days=7 - days_ago))


def run_day(execute) -> None:
    from lms.jobs.daily import request_daily

    with execute(execute=True):
        request_daily()
        run_waiting()


def test_the_day_erases_those_whose_time_has_come_and_nobody_else(django_capture_on_commit_callbacks) -> None:
    due, early, kept, back = people = [make_member(name, of=None) for name in ("Due", "Early", "Kept", "Back")]
    leave(*people, days_ago=7)
    Leaving.objects.filter(member=early).update(erase_on=today() + dt.timedelta(days=1))
    keep_history(member=kept, by=kept)
    Leaving.objects.filter(member=back).update(cancelled_at="2026-01-01T00:00Z")
    assert [row.member for row in due_for_erasure(on=today())] == [due]
    run_day(django_capture_on_commit_callbacks)
    assert set(Member.objects.values_list("name", flat=True)) == {"Early", "Kept", "Back"}


def test_who_chose_to_keep_the_history_while_the_job_ran_is_not_erased(
    monkeypatch, django_capture_on_commit_callbacks
) -> None:
    """The list was read when both were due; the second one answers while the first is erased."""
    people = sorted((make_member("One"), make_member("Two")), key=lambda person: str(person.public_id))
    leave(*people, days_ago=7)
    real = erase_member

    def erase_and_hear(*, member: Member, by: Member | None):
        keep_history(member=people[1], by=people[1])
        return real(member=member, by=by)

    monkeypatch.setattr("lms.organisation.tasks.erase_member", erase_and_hear)
    run_day(django_capture_on_commit_callbacks)
    assert list(Member.objects.values_list("pk", flat=True)) == [people[1].pk]


def test_one_who_cannot_be_erased_does_not_stop_the_others(monkeypatch, django_capture_on_commit_callbacks) -> None:
    stuck, free = make_member("Stuck"), make_member("Free")
    leave(stuck, free, days_ago=8)
    real = erase_member

    def erase_or_fail(*, member: Member, by: Member | None):
        if member.pk == stuck.pk:
            raise ValueError
        return real(member=member, by=by)

    monkeypatch.setattr("lms.organisation.tasks.erase_member", erase_or_fail)
    run_day(django_capture_on_commit_callbacks)
    assert list(Member.objects.values_list("name", flat=True)) == ["Stuck"]
    assert Job.objects.get(kind="erase_left").failed_items == 1


# ---- the ledger --------------------------------------------------------------------------------
def test_the_erased_are_written_down_by_an_id_that_leads_nowhere(erase, settings) -> None:
    canary = make_member()
    key = canary.public_id
    erase(canary)
    assert Erased.objects.get().public_id == key
    assert Path(settings.TILLIT_ERASED_FILE).read_text().split() == [str(key), today().isoformat()]
    assert Entry.objects.filter(act="erase_member", subject=f"member:{key}").count() == 1


def test_a_restore_that_brings_somebody_back_is_put_right(erase, capsys) -> None:
    canary = make_member()
    key = canary.public_id
    erase(canary)
    Erased.objects.all().delete()  # the restored database has not heard of it; the file has
    Member.objects.create(name="Kari Nordmann", public_id=key)
    make_member("Ola")
    call_command("replay_erasures")
    assert list(Member.objects.values_list("name", flat=True)) == ["Ola"]
    assert "1" in capsys.readouterr().out


def test_a_ledger_cut_short_by_a_crash_is_read_as_far_as_it_goes(erase, settings) -> None:
    erase(make_member())
    file = Path(settings.TILLIT_ERASED_FILE)
    file.write_text(file.read_text() + str(uuid.uuid4())[:11])
    assert len(erased_ids()) == 1


def test_a_file_that_lags_is_brought_in_line_once(erase, settings) -> None:
    erase(make_member())
    Path(settings.TILLIT_ERASED_FILE).unlink()
    assert (keep_file_in_line(), keep_file_in_line()) == (1, 0)


def test_the_session_of_the_erased_is_gone_and_no_other(erase) -> None:
    from django.test import Client

    other = Client()
    other.force_login(make_member("Ola"))
    erase(make_canary())
    assert Session.objects.count() == 1


# ---- the declarations themselves -----------------------------------------------------------------
def test_every_key_that_is_unlinked_may_be_empty() -> None:
    stiff = [
        f"{model.__name__}.{way.field}"
        for model in declared()
        for way in ways_from(model)
        if way.on_erase == OnErase.UNLINK and not model._meta.get_field(way.field).null
    ]
    assert stiff == []


def test_no_key_to_a_person_is_kept_or_blanked() -> None:
    kept = [
        f"{model.__name__}.{way.field}"
        for model in declared()
        for way in ways_from(model)
        if way.on_erase in (OnErase.KEEP, OnErase.BLANK)
    ]
    assert kept == []
