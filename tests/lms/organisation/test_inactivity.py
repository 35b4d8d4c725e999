"""Who is no member and stays away is told twice, then taken out; everybody else is left in peace."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from lms.members.models import Member
from lms.notifications.models import Notice
from lms.organisation.access import Role
from lms.organisation.inactivity import forget_inactive
from lms.organisation.leaving import keep_history, open_leaving_of, record_leaving
from lms.organisation.models import Membership, Unit
from lms.periods import today
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY, YEAR = dt.timedelta(days=1), dt.timedelta(days=365)


@pytest.fixture
def unit() -> Unit:
    return make_tree()[1]


@pytest.fixture
def sara(unit) -> Member:
    """A sympathiser."""
    return make_member("Sara", of=unit, status=Membership.Status.SYMPATHISER, email="sara@example.org")


def away(member: Member, days: int) -> Member:
    Member.objects.filter(pk=member.pk).update(last_login=timezone.now() - days * DAY, created_at="2020-01-01T00:00Z")
    return member


def purge() -> int:
    return forget_inactive(timezone.now() - YEAR)


def told(member: Member) -> list[str]:
    keys = Notice.objects.filter(member=member, kind="inactive").order_by("pk").values_list("key", flat=True)
    return [key.split(":")[1] for key in keys]


def letters_are(days: int, number: str) -> None:
    Notice.objects.filter(key__startswith=f"inactive:{number}:").update(created_at=timezone.now() - days * DAY)


def test_the_whole_way(sara) -> None:
    away(sara, 306)
    assert (purge(), told(sara)) == (0, ["1"])
    away_longer(sara, 352)
    letters_are(46, "1")
    assert (purge(), told(sara)) == (0, ["1", "2"])
    away_longer(sara, 366)
    letters_are(14, "2")
    assert purge() == 1 and open_leaving_of(sara) is not None


def away_longer(member: Member, days: int) -> None:
    """Days go by: the last sign-in, and the key of the letters that names its day, lie further back."""
    away(member, days)
    day = timezone.localdate(timezone.now() - days * DAY)
    for notice in Notice.objects.filter(member=member):
        number = notice.key.split(":")[1]
        Notice.objects.filter(pk=notice.pk).update(key=f"inactive:{number}:{day.isoformat()}")


def test_nobody_is_told_twice_of_the_same(sara) -> None:
    away(sara, 306)
    purge()
    purge()
    assert told(sara) == ["1"]


def test_whoever_was_never_told_is_told_first_however_long_away(sara) -> None:
    away(sara, 900)
    assert (purge(), told(sara)) == (0, ["1"])
    assert (purge(), told(sara)) == (0, ["1"])


def test_a_sign_in_begins_the_year_anew(sara) -> None:
    away(sara, 370)
    for number in ("1", "2"):
        Notice.objects.create(member=sara, kind="inactive", key=f"inactive:{number}:2025-01-01")
        letters_are(60, number)
    away(sara, 1)
    assert purge() == 0 and open_leaving_of(sara) is None


def test_old_letters_of_an_earlier_time_away_do_not_count(sara) -> None:
    for number in ("1", "2"):
        Notice.objects.create(member=sara, kind="inactive", key=f"inactive:{number}:2024-01-01")
        letters_are(800, number)
    away(sara, 400)
    assert purge() == 0 and told(sara) == ["1", "2", "1"]


def test_members_and_those_who_hold_something_are_left_in_peace(unit) -> None:
    member = away(make_member(of=unit), 900)
    helper = away(make_member("Hjelper"), 900)
    make_appointment(helper, Role.INSTRUCTOR, unit=unit)
    kept = away(make_member("Kept"), 900)
    record_leaving(member_ids=[kept.pk], on=today(), by=None)
    keep_history(member=kept, by=kept)
    assert purge() == 0
    assert [told(person) for person in (member, helper, kept)] == [[], [], []]


def test_the_letter_names_nothing_in_its_subject(sara, mailoutbox) -> None:
    from lms.jobs.sweeper import run_waiting

    away(sara, 306)
    purge()
    run_waiting()
    assert mailoutbox[0].to == ["sara@example.org"]
    assert "Sara" not in mailoutbox[0].subject
