"""A whole group into a course: once each, all of them or nobody, in few statements."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from courses.enrolment.bulk import enrol_all
from courses.enrolment.models import Enrolment
from courses.enrolment.services import enrol
from lms.audit.models import Entry
from lms.members.models import Member
from lms.organisation.models import Membership
from tests.factories.courses import make_course
from tests.factories.organisation import LONG_AGO, make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def inga(tree):
    person = make_member("Inga", of=tree[1])
    make_appointment(person, "administrator", unit=tree[1])
    return person


def test_everybody_takes_the_course_and_doing_it_again_changes_nothing(tree, inga):
    people, course = [make_member(of=tree[3]) for _ in range(3)], make_course()
    enrol(member=people[0], course=course)
    ids = [person.pk for person in people]
    assert enrol_all(member_ids=[*ids, ids[0]], course=course, by=inga) == 2
    assert enrol_all(member_ids=ids, course=course, by=inga) == 0
    assert Enrolment.objects.filter(course=course).count() == 3
    assert Entry.objects.get(act="enrol_all").details == {"people": 2}


def test_one_person_out_of_reach_and_nobody_is_enrolled(tree, inga):
    ours, theirs = make_member(of=tree[3]), make_member(of=tree[2])
    with pytest.raises(PermissionDenied):
        enrol_all(member_ids=[ours.pk, theirs.pk], course=make_course(), by=inga)
    assert not Enrolment.objects.exists()


def test_whoever_has_left_is_not_enrolled(tree):
    gone = make_member(of=tree[3], is_active=False)
    with pytest.raises(PermissionDenied):
        enrol_all(member_ids=[gone.pk], course=make_course(), by=None)


def test_nobody_is_enrolled_in_an_archived_course(tree):
    course = make_course()
    course.archived_at = timezone.now()
    with pytest.raises(ValueError, match="archived"):
        enrol_all(member_ids=[make_member(of=tree[3]).pk], course=course, by=None)


def test_a_thousand_people_take_a_dozen_statements(tree, inga, django_assert_max_num_queries):
    people = Member.objects.bulk_create([Member(name=f"P {number}") for number in range(1000)])
    Membership.objects.bulk_create(Membership(member=one, unit=tree[3], valid_from=LONG_AGO) for one in people)
    course = make_course()
    with django_assert_max_num_queries(12):
        assert enrol_all(member_ids=[one.pk for one in people], course=course, by=inga) == 1000
