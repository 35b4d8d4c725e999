"""Levels that lapse, are renewed, extended and ended, with the rows behind them."""

import datetime as dt

import pytest
from django.utils import timezone

from certificates.models import Credential
from courses.progression.kinds import AnyOf, CourseCompleted, HoursCollected, LevelHeld
from courses.progression.models import Award, AwardEnding, Extension, Level, NextLook, Requirement, Track
from courses.progression.queries import holders, standings, valid_awards
from courses.progression.services import evaluate
from lms.competences.services import NewEvidence, record_evidence
from tests.factories.courses import GRUNN, finish, make_attempt, make_award, make_course, make_paper, make_rule
from tests.factories.organisation import make_member, make_unit

pytestmark = pytest.mark.django_db

START, LAPSES = dt.date(2026, 3, 14), dt.date(2030, 3, 14)


@pytest.fixture
def clock(monkeypatch):
    """Sets the day it is."""

    def to(day):
        at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda: at)

    to(START)
    return to


@pytest.fixture
def rule(db):
    """Beginner: a course; renewed by the refresher course, or six hours in four years."""
    rule = make_rule(make_course(1))
    either = AnyOf.objects.create(rule=rule, part=Requirement.Part.RENEWAL)
    for order, row in enumerate(
        (CourseCompleted(course=make_course(1, key="oppfriskning")), HoursCollected(least_hours=6, within_months=48))
    ):
        row.rule, row.part, row.parent, row.order = rule, Requirement.Part.RENEWAL, either, order
        row.save()
    return rule


@pytest.fixture
def kari(db):
    return make_member()


def add_hours(member, hours, on):
    row = NewEvidence(member_id=member.pk, kind="hours", key=f"hours:{member.pk}:{on}", on=on, hours=hours)
    record_evidence(rows=[row], by=None)


def test_hours_renew_a_level_in_its_last_half_year(clock, rule, kari):
    make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    clock(dt.date(2029, 1, 10))
    add_hours(kari, 6, dt.date(2029, 1, 9))
    assert Award.objects.count() == 1
    assert NextLook.objects.get().on == dt.date(2029, 9, 14)
    clock(dt.date(2029, 9, 14))
    (award,) = evaluate(member_ids=[kari.pk])
    assert (award.origin, award.valid_until, award.rule) == ("renewed", dt.date(2034, 3, 14), rule)
    assert award.facts == [f"hours:{kari.pk}:2029-01-09"]


def test_a_renewed_award_gets_its_certificate_too(clock, rule, kari):
    make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    clock(dt.date(2030, 1, 10))
    add_hours(kari, 6, dt.date(2030, 1, 9))
    assert Credential.objects.get().award_key == Award.objects.get(origin="renewed").key


def test_a_renewed_level_is_held_once(clock, rule, kari):
    make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    clock(dt.date(2030, 1, 10))
    add_hours(kari, 6, dt.date(2030, 1, 9))
    assert [award.valid_until for award in valid_awards(kari)] == [dt.date(2034, 3, 14)]
    (standing,) = standings(kari)
    assert (standing.is_held, standing.valid_until, standing.lapsed) == (True, dt.date(2034, 3, 14), None)
    assert holders([GRUNN, "leadership.videre"], [kari.pk]) == {GRUNN: {kari.pk}, "leadership.videre": set()}


def test_a_lapsed_level_says_what_renews_it(clock, rule, kari):
    award = make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    clock(LAPSES)
    (standing,) = standings(kari)
    assert (standing.is_held, standing.lapsed, standing.valid_until) == (False, award, LAPSES)
    assert not standing.renewal.is_met
    add_hours(kari, 6, LAPSES)
    assert standings(kari)[0].valid_until == dt.date(2034, 3, 14)


def test_an_extension_moves_the_day_and_undone_it_counts_no_more(clock, rule, kari):
    make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    later = dt.date(2030, 12, 31)
    extension = Extension.objects.create(
        level=rule.level,
        unit=make_unit(),
        decision="Landsstyret",
        lapsing_from=LAPSES,
        lapsing_until=later,
        until=later,
    )
    clock(dt.date(2030, 2, 1))
    make_award(kari, rule=rule, on=dt.date(2030, 2, 1), valid_until=later, origin="extended", extension=extension)
    clock(dt.date(2030, 6, 1))
    assert standings(kari)[0].valid_until == later
    evaluate(member_ids=[kari.pk])
    assert NextLook.objects.get().on == dt.date(2030, 6, 30)
    Extension.objects.update(undone_at=timezone.now())
    assert not standings(kari)[0].is_held
    evaluate(member_ids=[kari.pk])
    assert not NextLook.objects.exists()


def test_an_award_that_was_ended_is_held_no_more(clock, rule, kari):
    award = make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    AwardEnding.objects.create(award=award, on=dt.date(2027, 1, 1), decision="Landsstyret")
    clock(dt.date(2027, 1, 1))
    assert valid_awards(kari) == []
    (standing,) = standings(kari)
    assert (standing.lapsed, standing.valid_until) == (award, dt.date(2027, 1, 1))


def test_a_level_lapses_when_the_next_is_not_reached_in_time(clock, kari):
    track = Track.objects.create(key="teaching", title={"nb": "Kursholder"})
    for order, key in enumerate(("assistant", "instructor"), start=1):
        Level.objects.create(track=track, key=key, order=order, title={"nb": key}, display_name={"nb": key})
    first = make_rule(make_course(1), level="assistant", valid_months=None, lapses_unless_next_within=18)
    make_rule(make_course(1, key="to"), level="instructor", valid_months=None)
    award = make_award(kari, rule=first, on=START)
    evaluate(member_ids=[kari.pk])
    assert NextLook.objects.get().on == dt.date(2027, 9, 14)
    clock(dt.date(2027, 9, 14))
    evaluate(member_ids=[kari.pk])
    ending = AwardEnding.objects.get()
    assert (ending.award, ending.on, ending.rule) == (award, dt.date(2027, 9, 14), first)
    assert not Award.objects.valid_on(dt.date(2027, 9, 14)).exists()


def test_a_new_rule_may_end_awards_by_older_ones(clock, kari):
    course = make_course(1)
    older = make_rule(course, valid_until=dt.date(2026, 4, 1))
    finish(course, kari)
    ola = make_member("Ola")
    finish(course, ola)
    newer = make_rule(course, make_paper(1), valid_from=dt.date(2026, 4, 1), ends_older_on=dt.date(2026, 9, 1))
    make_attempt(newer.requirements.last().paper, ola)
    clock(dt.date(2026, 9, 1))
    evaluate(member_ids=[kari.pk, ola.pk])
    ending = AwardEnding.objects.get()
    assert (ending.award.member, ending.award.rule, ending.rule) == (kari, older, newer)


def test_a_level_is_renewed_by_a_higher_one_in_the_same_evaluation(clock, rule, kari):
    videre = make_rule(make_course(1, key="videre"), level="leadership.videre")
    LevelHeld.objects.create(rule=rule, part=Requirement.Part.RENEWAL, level=videre.level)
    Requirement.objects.filter(pk__in=AnyOf.objects.filter(rule=rule)).delete()
    make_award(kari, rule=rule, on=START, valid_until=LAPSES)
    clock(LAPSES)
    finish(videre.requirements.get().course, kari)
    assert {(a.level.key, a.origin) for a in Award.objects.filter(awarded_on=LAPSES)} == {
        ("leadership.videre", "earned"),
        (GRUNN, "renewed"),
    }
