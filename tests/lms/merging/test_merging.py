"""Two records of one person become one: what follows, what is there once, and who is shut out."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.attempts.models import Attempt
from certificates.models import Credential
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.enrolment.services import enrol
from courses.progression.models import Award
from lms.audit.models import Entry
from lms.members.consents import give_consent, has_consent, withdraw_consent
from lms.members.models import Consent
from lms.merging.models import Merge
from lms.merging.planning import make_plan
from lms.merging.services import preview_merge, refusal_of, undo_merge
from lms.organisation.models import Appointment, Delegation, Membership, Term
from lms.organisation.signals import members_merged, members_unmerged
from lms.periods import Period
from tests.factories import courses, organisation, signing
from tests.lms.merging.dump import differences, dump

pytestmark = pytest.mark.postgres
JAN, JUNE = dt.date(2026, 1, 1), dt.date(2026, 6, 1)


def test_learning_follows_to_the_record_that_stays(scene):
    course = scene.course()
    courses.finish(course, scene.absorbed)
    scene.merge()
    assert CourseCompletion.objects.get().member == scene.kept
    assert set(Completion.objects.values_list("member", flat=True)) == {scene.kept.pk}


def test_what_both_have_done_is_there_once_from_the_first_day(scene):
    course = scene.course()
    courses.finish(course, scene.absorbed)
    first = CourseCompletion.objects.get().completed_at
    courses.finish(course, scene.kept)
    scene.merge()
    assert [(row.member_id, row.completed_at) for row in CourseCompletion.objects.all()] == [(scene.kept.pk, first)]
    assert Enrolment.objects.count() == 1 and Completion.objects.count() == 2


def test_two_halves_of_a_course_are_the_course(scene):
    course = scene.course()
    one, other = courses.outline(course).taught
    courses.finish(course, scene.kept, one)
    courses.finish(course, scene.absorbed, other)
    scene.merge()
    assert CourseCompletion.objects.get().member == scene.kept


def test_what_the_two_records_earn_together_is_awarded_and_undo_takes_it_back(scene):
    paper, course = courses.make_paper(2), scene.course()
    courses.make_rule(course, paper, certificate="by administrator")
    courses.finish(course, scene.kept)
    courses.make_attempt(paper, scene.absorbed)
    before = dump()
    merge = scene.merge()
    assert Award.objects.get().member == scene.kept
    undo_merge(merge=merge, by=scene.ada)
    assert differences(before, dump()) == {}


def test_a_certificate_that_came_of_the_merge_keeps_it_from_being_undone(scene):
    paper, course = courses.make_paper(2), scene.course()
    courses.make_rule(course, paper)
    courses.finish(course, scene.kept)
    courses.make_attempt(paper, scene.absorbed)
    merge = scene.merge()
    assert Credential.objects.filter(holder=scene.kept).exists()
    with pytest.raises(ValidationError, match="certificate"):
        undo_merge(merge=merge, by=scene.ada)
    assert Award.objects.get().member == scene.kept


def test_a_course_certificate_is_not_offered_again_after_the_merge(scene):
    from courses.reports.preview import Decision, preview_batch

    course = scene.course()
    courses.finish(course, scene.absorbed)
    key = f"course:{course.public_id}:{scene.absorbed.public_id}"
    courses.make_credential(scene.absorbed, award_key=key)
    scene.merge()
    rows = preview_batch(course, scene.branch, to=scene.ada).rows
    assert [(row.member, row.decision) for row in rows] == [(scene.kept, Decision.HAS)]


def test_tries_are_numbered_by_when_they_were_made(scene):
    paper = courses.make_paper(2)
    tries = [courses.make_attempt(paper, who, right=0) for who in (scene.kept, scene.absorbed, scene.kept)]
    scene.merge()
    assert list(Attempt.objects.order_by("number").values_list("pk", flat=True)) == [a.pk for a in tries]
    assert list(Attempt.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_of_two_open_tries_the_later_stays(scene):
    paper = courses.make_paper(2)
    courses.make_attempt(paper, scene.kept, hand_in=False)
    later = courses.make_attempt(paper, scene.absorbed, hand_in=False)
    before = dump()
    merge = scene.merge()
    assert Attempt.objects.get().pk == later.pk
    undo_merge(merge=merge, by=scene.ada)
    assert differences(before, dump()) == {}


def test_both_texts_of_a_reflection_are_kept(scene):
    course = courses.make_course([courses.planned(optional=["reflection"])])
    item = courses.outline(course).taught[0].items[1]
    for who, text in ((scene.absorbed, "Først"), (scene.kept, "Så")):
        Work.objects.create(member=who, activity_id=item.activity_id, content={"text": text})
    scene.merge()
    assert Work.objects.get().content == {"text": "Først\n\nSå"}


def test_nobody_is_a_sympathiser_on_days_they_are_a_member(scene):
    Membership.objects.filter(member=scene.kept).update(valid_from=JUNE)
    scene.merge()
    rows = Membership.objects.filter(member=scene.kept).order_by("valid_from")
    assert [(r.status, r.valid_from, r.valid_until) for r in rows] == [
        ("sympathiser", organisation.LONG_AGO, JUNE), ("member", JUNE, None),
    ]  # fmt: skip
    assert not Membership.objects.filter(member=scene.absorbed).exists()


def test_a_membership_in_the_midst_of_another_leaves_both_ends(scene):
    Membership.objects.filter(member=scene.kept).update(valid_from=JAN, valid_until=JUNE)
    scene.merge()
    rows = Membership.objects.filter(member=scene.kept).order_by("valid_from")
    assert [(r.status, r.valid_until) for r in rows] == [("sympathiser", JAN), ("member", JUNE), ("sympathiser", None)]


def test_one_office_held_twice_is_one_term_over_all_its_days(scene):
    body, chair = organisation.make_body(scene.branch), organisation.make_office()
    told = {"body": body, "office": chair}
    Term.objects.create(member=scene.kept, valid_from=JAN, valid_until=None, **told)
    Term.objects.create(member=scene.absorbed, valid_from=dt.date(2025, 1, 1), valid_until=JUNE, **told)
    scene.merge()
    assert [(t.member, t.valid_from, t.valid_until) for t in Term.objects.all()] == [
        (scene.kept, dt.date(2025, 1, 1), None)
    ]


def test_nobody_lends_to_themselves(scene):
    told = {"right": "see people", "unit": scene.branch, "valid_from": JAN, "valid_until": dt.date(2027, 1, 1)}
    Delegation.objects.create(member=scene.kept, giver=scene.absorbed, **told)
    Delegation.objects.create(member=scene.absorbed, giver=scene.ada, **told)
    scene.merge()
    assert [(d.member, d.giver) for d in Delegation.objects.all()] == [(scene.kept, scene.ada)]


def test_the_sympathisers_account_opens_the_registers_record(scene):
    scene.merge()
    address = EmailAddress.objects.get(email="kari@example.org")
    assert address.user == scene.kept and address.primary
    assert authenticate(None, email="kari@example.org", password="et-langt-passord") == scene.kept


def test_the_absorbed_record_is_locked_and_stands_nowhere(scene):
    scene.merge()
    scene.absorbed.refresh_from_db()
    assert (scene.absorbed.is_active, scene.absorbed.email, scene.absorbed.member_number) == (False, "", None)
    assert not scene.absorbed.memberships.exists()


def test_the_number_goes_to_the_record_that_stays(scene):
    scene.merge(kept=scene.absorbed, absorbed=scene.kept)
    scene.absorbed.refresh_from_db()
    assert scene.absorbed.member_number == "1001"
    assert Merge.objects.get().former_number == "1001"


def test_two_who_are_both_in_the_register_are_not_merged(scene):
    Membership.objects.filter(member=scene.absorbed).update(status=Membership.Status.MEMBER)
    scene.absorbed.member_number = "1002"
    scene.absorbed.save()
    with pytest.raises(ValidationError, match="1001"):
        scene.merge()
    assert "1002" in refusal_of(make_plan(scene.kept, scene.absorbed))


def test_the_latest_word_on_a_purpose_counts(scene):
    from lms.members.consents import purposes

    purpose = purposes()[0].key
    give_consent(member=scene.absorbed, purpose=purpose)
    give_consent(member=scene.kept, purpose=purpose)
    withdraw_consent(member=scene.kept, purpose=purpose)
    scene.merge()
    assert not has_consent(scene.kept, purpose)
    assert Consent.objects.filter(member=scene.kept).count() == 2


def test_a_merge_is_announced_and_written_in_the_trail_of_both(scene, heard):
    merged, unmerged = heard(members_merged), heard(members_unmerged)
    merge = scene.merge()
    undo_merge(merge=merge, by=scene.ada)
    told = {"kept": scene.kept.pk, "absorbed": scene.absorbed.pk}
    assert [{k: c[k] for k in told} for c in (*merged, *unmerged)] == [told, told]
    subjects = {f"member:{scene.kept.public_id}", f"member:{scene.absorbed.public_id}"}
    assert set(Entry.objects.filter(act="merge_members").values_list("subject", flat=True)) == subjects


def test_a_preview_says_what_follows_and_what_coincides_and_writes_nothing(scene):
    course = scene.course()
    courses.finish(course, scene.absorbed)
    enrol(member=scene.kept, course=course)
    before = dump()
    parts = {
        str(part.rule.label): part
        for part in preview_merge(kept=scene.kept, absorbed=scene.absorbed, by=scene.ada).plan.parts
    }
    assert (parts["Courses taken"].coincide, parts["Lessons and activities"].follow) == (1, 2)
    assert differences(before, dump()) == {}


def test_a_reason_is_asked_for(scene):
    with pytest.raises(ValidationError):
        scene.merge(reason=" ")


# ---- who may ---------------------------------------------------------------------------
def county_keeper(scene):
    keeper = organisation.make_member("Nora", of=scene.county)
    organisation.make_appointment(keeper, "administrator", unit=scene.county)
    return keeper


def test_who_keeps_the_register_of_both_may_merge(scene):
    assert scene.merge(by=county_keeper(scene)).kept == scene.kept


def test_who_keeps_only_one_end_may_not(scene):
    Membership.objects.filter(member=scene.absorbed).update(unit=scene.other_county)
    with pytest.raises(PermissionDenied):
        scene.merge(by=county_keeper(scene))


def test_nobody_merges_their_own_record(scene):
    with pytest.raises(PermissionDenied):
        scene.merge(kept=scene.ada)


@pytest.mark.parametrize("holder", ["kept", "absorbed"])
def test_a_merge_is_no_way_to_rights_one_does_not_have(scene, holder):
    organisation.make_appointment(getattr(scene, holder), "administrator", unit=scene.nation)
    with pytest.raises(PermissionDenied):
        scene.merge(by=county_keeper(scene))
    assert scene.merge().kept == scene.kept


def test_a_right_that_begins_later_counts_too(scene):
    later = Period(dt.date(2030, 1, 1), dt.date(2031, 1, 1))
    organisation.make_appointment(scene.absorbed, "administrator", unit=scene.nation, period=later)
    with pytest.raises(PermissionDenied):
        scene.merge(by=county_keeper(scene))


def test_rights_follow_and_come_back(scene):
    organisation.make_appointment(scene.absorbed, "instructor", unit=scene.branch)
    merge = scene.merge()
    assert Appointment.objects.get(role="instructor").member == scene.kept
    assert scene.kept.groups.exists()
    undo_merge(merge=merge, by=scene.ada)
    assert not scene.kept.groups.exists()


# ---- ways to sign in ---------------------------------------------------------------------
def test_passkeys_follow_and_an_authenticator_app_only_where_there_is_none(scene):
    signing.make_app(scene.absorbed)
    signing.make_passkey(scene.absorbed)
    merge = scene.merge()
    assert {row.user for row in Authenticator.objects.all()} == {scene.kept}
    undo_merge(merge=merge, by=scene.ada)
    signing.make_app(scene.kept)
    kinds = set(Authenticator.objects.filter(user=scene.kept).values_list("type", flat=True))
    scene.merge()
    assert set(Authenticator.objects.filter(user=scene.kept).values_list("type", flat=True)) == kinds | {"webauthn"}
    assert Authenticator.objects.filter(user=scene.absorbed, type="totp").exists()
