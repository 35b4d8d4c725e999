"""One row per member and effect."""

from __future__ import annotations

import pytest

from lms.jobs.models import Job
from lms.notifications.models import Notice
from lms.notifications.queries import unread_count
from lms.notifications.registry import NoticeKind, register_notice, worded
from lms.notifications.services import mark_read, notify
from tests.lms.jobs.test_claiming import at_once

pytestmark = pytest.mark.postgres


def test_everybody_is_told_once_under_a_key(say, somebody):
    members = [somebody(number) for number in range(3)]
    assert say(*members[:2]) == 2
    assert say(*members, members[0]) == 1
    assert Notice.objects.count() == 3
    assert [len(job.payload["notices"]) for job in Job.objects.order_by("pk")] == [2, 1]


def test_another_effect_is_said_too(say, somebody):
    member = somebody()
    say(member)
    say(member, key="ready:2")
    assert unread_count(member) == 2


def test_who_has_no_address_gets_no_mail(say, somebody):
    say(somebody(email=""))
    assert Notice.objects.get().mail_state == "none"
    assert not Job.objects.exists()


def test_an_unknown_kind_is_refused(db):
    with pytest.raises(LookupError):
        notify(members=[], kind="nothing", key="k")


@pytest.mark.django_db(transaction=True)
def test_eight_that_say_the_same_at_once_say_it_once(say, somebody):
    members = [somebody(number) for number in range(5)]
    assert sum(at_once(8, lambda _: say(*members))) == 5
    assert Notice.objects.count() == 5
    assert sum(len(job.payload["notices"]) for job in Job.objects.all()) == 5


def test_telling_a_thousand_costs_few_statements(say, somebody, django_assert_max_num_queries):
    from lms.members.models import Member

    members = Member.objects.bulk_create(Member(name="M", email="m@example.org") for _ in range(1000))
    with django_assert_max_num_queries(25):  # SQLite takes a hundred rows at a time
        assert say(*members) == 1000


def test_the_bell_forgets_what_it_knew_when_something_is_said_or_read(say, somebody, django_assert_num_queries):
    member, other = somebody(1), somebody(2)
    assert unread_count(member) == 0
    say(member, other)
    assert unread_count(member) == 1
    with django_assert_num_queries(0):
        unread_count(member)
    assert mark_read(by=member) == 1
    assert unread_count(member) == 0
    assert unread_count(other) == 1


def test_nobody_marks_somebody_elses_notice(say, somebody):
    member, other = somebody(1), somebody(2)
    say(member)
    assert mark_read(by=other, notice=Notice.objects.get()) == 0


@pytest.mark.parametrize("subject", ["%(title)s is ready", "Letter to %(name)s on %(date)s"])
def test_the_subject_of_a_mail_can_print_no_more_than_a_date(subject):
    with pytest.raises(ValueError, match="no more than a date"):
        register_notice(NoticeKind("bad", subject=subject, line="", button="", reason="", address=lambda notice: "/"))


def test_a_label_that_is_missing_is_left_out():
    assert worded("75 % of %(title)s for %(whom)s", {"title": "it"}) == "75 % of it for "
