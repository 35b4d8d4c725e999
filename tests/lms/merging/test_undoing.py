"""A merge taken back: everything as it was, what came since kept, and what would be lost said."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from courses.enrolment.models import Completion, CourseCompletion, Enrolment
from courses.enrolment.services import enrol
from lms.audit.services import record_sighting
from lms.members.models import Leaving, Member
from lms.merging.erasing import forget_lines, trail_before
from lms.merging.models import Merge, MergeLine
from lms.merging.services import undo_merge
from lms.organisation.erasing import erase_member
from lms.organisation.models import Membership
from lms.privacy.models import Erased
from tests.factories import courses, organisation
from tests.lms.merging.dump import differences, dump

pytestmark = pytest.mark.postgres


def test_undo_brings_back_every_row_as_it_was(scene):
    course, paper = scene.course(), courses.make_paper(2)
    for who in (scene.kept, scene.absorbed):
        courses.finish(course, who)
        courses.make_attempt(paper, who, right=0)
    courses.make_credential(scene.absorbed)
    organisation.make_term(scene.absorbed, unit=scene.branch)
    before = dump()
    merge = scene.merge()
    assert differences(before, dump())
    undo_merge(merge=merge, by=scene.ada)
    assert differences(before, dump()) == {}


def test_what_was_learnt_since_stays_with_the_record_that_stayed(scene):
    course = scene.course()
    one, other = courses.outline(course).taught
    courses.finish(course, scene.absorbed, one)
    merge = scene.merge()
    courses.finish(course, scene.kept, other)
    undo_merge(merge=merge, by=scene.ada)
    assert Completion.objects.get(member=scene.absorbed).activity_id == one.items[0].activity_id
    assert Completion.objects.get(member=scene.kept).activity_id == other.items[0].activity_id


def test_going_on_in_a_shared_course_does_not_stand_in_the_way(scene):
    course = scene.course()
    for who in (scene.kept, scene.absorbed):
        enrol(member=who, course=course)
    merge = scene.merge()
    courses.finish(course, scene.kept, courses.outline(course).taught[0])
    undo_merge(merge=merge, by=scene.ada)
    assert Enrolment.objects.count() == 2
    assert Enrolment.objects.get(member=scene.kept).last_lesson is not None


def test_a_membership_changed_since_stands_in_the_way_and_is_named(scene):
    Membership.objects.filter(member=scene.kept).update(valid_from=dt.date(2026, 1, 1))
    merge = scene.merge()
    Membership.objects.filter(member=scene.kept, status="sympathiser").update(valid_until=dt.date(2025, 1, 1))
    with pytest.raises(ValidationError, match="Memberships"):
        undo_merge(merge=merge, by=scene.ada)
    assert Merge.objects.get().undone_at is None


def test_an_address_taken_since_stands_in_the_way_and_nothing_is_half_done(scene):
    EmailAddress.objects.create(user=scene.kept, email="kari@example.org", verified=False)
    merge = scene.merge()
    EmailAddress.objects.filter(user=scene.kept).delete()
    other = organisation.make_member("Nils")
    EmailAddress.objects.create(user=other, email="kari@example.org", verified=True)
    before = dump()
    with pytest.raises(ValidationError, match="taken"):
        undo_merge(merge=merge, by=scene.ada)
    assert differences(before, dump()) == {}


def test_merges_are_undone_from_the_latest_back(scene):
    first = scene.merge()
    third = organisation.make_member("Kari N", of=scene.branch, status="sympathiser")
    later = scene.merge(kept=third, absorbed=scene.kept)
    with pytest.raises(ValidationError, match="later merge"):
        undo_merge(merge=first, by=scene.ada)
    undo_merge(merge=later, by=scene.ada)
    undo_merge(merge=first, by=scene.ada)
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_a_merge_is_undone_once(scene):
    merge = scene.merge()
    undo_merge(merge=merge, by=scene.ada)
    with pytest.raises(ValidationError, match="undone already"):
        undo_merge(merge=merge, by=scene.ada)


def test_who_may_not_merge_may_not_undo(scene):
    merge = scene.merge()
    with pytest.raises(PermissionDenied):
        undo_merge(merge=merge, by=organisation.make_member("Nora", of=scene.branch))


def test_who_keeps_the_register_of_a_county_undoes_there(scene):
    keeper = organisation.make_member("Nora", of=scene.county)
    organisation.make_appointment(keeper, "administrator", unit=scene.county)
    before = dump()
    undo_merge(merge=scene.merge(by=keeper), by=keeper)
    assert differences(before, dump()) == {}


def test_who_keeps_only_where_the_kept_record_does_not_stand_may_not_undo(scene):
    merge = scene.merge()
    Membership.objects.filter(member=scene.kept).update(unit=scene.other_county)
    keeper = organisation.make_member("Nora", of=scene.county)
    organisation.make_appointment(keeper, "administrator", unit=scene.county)
    with pytest.raises(PermissionDenied):
        undo_merge(merge=merge, by=keeper)


def test_who_belongs_has_not_left(scene):
    Leaving.objects.create(member=scene.absorbed, left_on=dt.date(2026, 1, 1), erase_on=dt.date(2026, 1, 8))
    Member.objects.filter(pk=scene.kept.pk).update(is_active=True)
    before = dump()
    merge = scene.merge()
    assert Leaving.objects.get().cancelled_at is not None
    undo_merge(merge=merge, by=scene.ada)
    assert differences(before, dump()) == {}


def test_after_its_days_a_merge_is_for_good_and_the_old_name_is_gone(scene):
    merge = scene.merge()
    assert forget_lines(timezone.now() - dt.timedelta(days=1)) == 0
    assert forget_lines(timezone.now()) > 0 and not MergeLine.objects.exists()
    scene.absorbed.refresh_from_db()
    assert scene.absorbed.name == ""
    with pytest.raises(ValidationError, match="too long ago"):
        undo_merge(merge=merge, by=scene.ada)


def test_erasing_the_person_erases_both_records(scene):
    course = scene.course()
    courses.finish(course, scene.absorbed)
    scene.merge()
    erase_member(member=Member.objects.get(pk=scene.kept.pk), by=None)
    assert not Member.objects.filter(pk__in=[scene.kept.pk, scene.absorbed.pk]).exists()
    assert not Merge.objects.exists() and not MergeLine.objects.exists() and not CourseCompletion.objects.exists()
    assert set(Erased.objects.values_list("public_id", flat=True)) == {scene.kept.public_id, scene.absorbed.public_id}


def test_after_undo_only_the_record_asked_for_is_erased(scene):
    undo_merge(merge=scene.merge(), by=scene.ada)
    erase_member(member=Member.objects.get(pk=scene.kept.pk), by=None)
    assert Member.objects.filter(pk=scene.absorbed.pk).exists()


def test_the_persons_copy_says_who_saw_the_record_that_went(scene):
    record_sighting(by=scene.ada, page="member_page", of=[scene.absorbed.public_id])
    scene.merge()
    rows = trail_before(scene.kept).rows
    assert "member_page" in {row.get("page") for row in rows}
