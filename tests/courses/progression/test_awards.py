"""Awarding levels: once, by the rule of the day, to those an event touched."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments.attempts.models import Attempt
from certificates.models import Credential
from courses.progression.kinds import AllOf, AnyOf, CourseCompleted, PaperPassed
from courses.progression.models import Award, Level, LevelRule
from courses.progression.queries import gather_records, rule_on, standing_to, standings, tree_of
from courses.progression.services import evaluate, record_awards
from courses.progression.signals import level_awarded
from lms.audit.models import Entry
from lms.organisation.access import Role
from lms.periods import add_months
from tests.factories.courses import GRUNN, finish, make_attempt, make_award, make_course, make_paper, make_rule
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 14, 12, 0, tzinfo=dt.UTC)
DAY = NOON.date()


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def paper(db):
    return make_paper(3, key="grunnprove")


@pytest.fixture
def course(paper):
    return make_course(1, paper=paper)


@pytest.fixture
def rule(course, paper):
    return make_rule(course, paper)


@pytest.fixture
def kari(db):
    return make_member()


def pass_all(course, paper, member):
    finish(course, member)
    make_attempt(paper, member)


def test_completing_the_course_and_passing_the_paper_awards_the_level(course, paper, rule, kari):
    pass_all(course, paper, kari)
    award = Award.objects.get()
    assert (award.member, award.level.key, award.rule, award.origin) == (kari, GRUNN, rule, "earned")
    assert (award.awarded_on, award.valid_until) == (DAY, dt.date(2030, 3, 14))
    assert award.facts == ["course:ny-i-styret", "paper:grunnprove:100"]


def test_the_order_does_not_matter(course, paper, rule, kari):
    make_attempt(paper, kari)
    assert not Award.objects.exists()
    finish(course, kari)
    assert Award.objects.get().member == kari


def test_a_level_that_is_held_is_not_awarded_again(course, paper, rule, kari):
    pass_all(course, paper, kari)
    make_attempt(paper, kari)
    assert evaluate(member_ids=[kari.pk]) == []
    assert evaluate(member_ids=[kari.pk], on=dt.date(2030, 3, 13)) == []
    assert Award.objects.count() == 1


def test_a_lapsed_level_is_not_given_again_for_the_same_facts(course, paper, rule, kari):
    pass_all(course, paper, kari)
    assert evaluate(member_ids=[kari.pk], on=dt.date(2030, 3, 14)) == []


def test_a_lapsed_level_is_given_again_for_something_met_since(course, paper, kari):
    rule = make_rule(course, paper)
    make_award(kari, rule=rule, on=dt.date(2020, 1, 1), valid_until=dt.date(2024, 1, 1))
    pass_all(course, paper, kari)
    assert Award.objects.filter(member=kari).count() == 2


def test_an_award_keeps_the_rule_it_was_given_by(course, paper, rule, kari):
    pass_all(course, paper, kari)
    rule.valid_until = DAY
    rule.save()
    make_rule(course, paper, valid_from=DAY, valid_months=12)
    award = Award.objects.get()
    assert (award.rule, award.valid_until) == (rule, dt.date(2030, 3, 14))


def test_the_rule_of_the_day_decides(course, paper, kari):
    make_rule(course, paper, least=100, valid_from=dt.date(2025, 1, 1), valid_until=DAY)
    newer = make_rule(course, paper, least=60, valid_from=DAY)
    finish(course, kari)
    make_attempt(paper, kari, right=2)  # 66 % of three: the paper asks for 70, and the rule for less
    assert rule_on(Level.objects.get(key=GRUNN), DAY) == newer
    assert Award.objects.get().rule == newer
    assert rule_on(Level.objects.get(key=GRUNN), dt.date(2024, 1, 1)) is None


def test_a_rule_that_requires_nothing_awards_nothing(kari):
    make_rule()
    assert evaluate(member_ids=[kari.pk]) == []


def test_only_the_people_named_are_evaluated(course, paper, rule, kari):
    pass_all(course, paper, kari)
    Award.objects.all().delete()
    assert evaluate(member_ids=[make_member("Ola").pk]) == []
    assert not Award.objects.exists()


@pytest.mark.parametrize("people", [1, 30])
def test_evaluating_many_takes_the_queries_of_one(course, paper, rule, people, django_assert_num_queries):
    ids = [make_member(f"Medlem {n}").pk for n in range(people)]
    evaluate(member_ids=ids)
    with django_assert_num_queries(9):  # six to gather, one for days to look again, and the savepoint
        evaluate(member_ids=ids)


def test_new_awards_are_announced_in_one(course, paper, rule, kari):
    heard = []
    level_awarded.connect(receiver := lambda ids, **_: heard.append(ids))
    pass_all(course, paper, kari)
    level_awarded.disconnect(receiver)
    assert heard == [[Award.objects.get().pk]]


def test_a_paper_is_judged_by_the_share_the_rule_asks(course, paper, kari):
    make_rule(course, paper, least=100)
    finish(course, kari)
    make_attempt(make_paper(3, key="annen"), kari)
    make_attempt(paper, kari, right=2)
    assert not Award.objects.exists()
    make_attempt(paper, kari, right=3)
    assert Award.objects.exists()


def test_a_tree_of_requirements_is_read_as_it_was_written(course, paper):
    rule = make_rule()
    either = AnyOf.objects.create(rule=rule, order=2, least=1)
    CourseCompleted.objects.create(rule=rule, parent=either, order=2, course=course)
    PaperPassed.objects.create(rule=rule, parent=either, order=1, paper=paper)
    AllOf.objects.create(rule=rule, order=1)
    tree = tree_of(rule)
    assert [type(part).__name__ for part in tree.parts] == ["AllOf", "AnyOf"]
    assert [type(part).__name__ for part in tree.parts[1].parts] == ["PaperPassed", "CourseCompleted"]


def test_the_record_on_a_day_holds_what_was_reached_until_then(course, paper, kari):
    make_attempt(paper, kari, right=2)
    make_attempt(paper, kari, right=3)
    first = Attempt.objects.get(number=1)
    Attempt.objects.filter(pk=first.pk).update(graded_at=NOON - dt.timedelta(days=30))
    found = standing_to(Level.objects.get(key=GRUNN), kari, on=DAY)
    assert found is None
    rule = make_rule(course, paper, least=60)
    past = standing_to(rule.level, kari, on=DAY - dt.timedelta(days=10))
    assert past is not None
    paper_part = past.finding.parts[1]
    assert (paper_part.is_met, paper_part.reached, paper_part.since) == (True, 66, DAY - dt.timedelta(days=30))


@pytest.mark.parametrize("people", [1, 50])
def test_gathering_takes_six_queries_however_many_people(course, paper, people, django_assert_num_queries):
    ids = [make_member(f"Medlem {n}").pk for n in range(people)]
    gather_records(ids, on=DAY)
    with django_assert_num_queries(6):
        assert set(gather_records(ids, on=DAY)) == set(ids)


def test_standings_take_eight_queries(course, paper, rule, kari, django_assert_num_queries):
    standings(kari, on=DAY)
    with django_assert_num_queries(8):
        standings(kari, on=DAY)


def test_standings_say_what_is_held_and_what_is_missing(course, paper, rule, kari):
    finish(course, kari)
    (standing,) = standings(kari, on=DAY)
    assert not standing.is_held
    assert [part.rule.paper for part in standing.finding.missing] == ["grunnprove"]
    make_attempt(paper, kari)
    assert standings(kari, on=DAY)[0].is_held
    assert not standings(kari, on=dt.date(2030, 3, 14))[0].is_held


# ---- certificates at the award, and awards entered in bulk ----------------------------------


def test_an_earned_award_issues_its_certificate_at_once(course, paper, rule, kari):
    pass_all(course, paper, kari)
    credential = Credential.objects.get()
    assert (credential.award_key, credential.holder) == (Award.objects.get().key, kari)
    assert credential.payload["title"] == "Ny i styret"
    assert credential.payload["stones"] == 1


@pytest.mark.parametrize("certificate", ["none", "by administrator"])
def test_a_rule_may_say_that_the_certificate_waits(course, paper, kari, certificate):
    make_rule(course, paper, certificate=certificate)
    pass_all(course, paper, kari)
    assert Award.objects.exists()
    assert not Credential.objects.exists()


def test_the_certificate_bears_the_mark_of_the_test_the_level_rests_on(course, paper, rule, kari):
    make_attempt(make_paper(20, key="annen"), kari)
    pass_all(course, paper, kari)
    facts = dict(Credential.objects.get().payload["facts"])
    assert "3 av 3" in facts.values()


def test_a_person_without_a_name_gets_the_level_but_no_certificate(course, paper, rule):
    nameless = make_member("")
    pass_all(course, paper, nameless)
    assert Award.objects.get().member == nameless
    assert not Credential.objects.exists()


def test_recorded_awards_wait_for_an_administrator(rule, kari):
    (award,) = record_awards(level=rule.level, people=[(kari, DAY)], by=None, source="lederkurs")
    assert (award.origin, award.facts) == ("recorded", ["recorded:lederkurs"])
    assert not Credential.objects.exists()


def test_awards_are_recorded_once_a_day_and_by_the_rule_of_that_day(course, paper, rule, kari):
    record_awards(level=rule.level, people=[(kari, DAY)], by=None)
    assert record_awards(level=rule.level, people=[(kari, DAY)], by=None) == []
    assert Award.objects.count() == 1


def test_an_award_from_before_there_was_a_rule_lasts_as_long_as_the_earliest_says(rule, kari):
    (award,) = record_awards(level=rule.level, people=[(kari, dt.date(2020, 1, 1))], by=None)
    assert (award.rule, award.valid_until) == (rule, add_months(dt.date(2020, 1, 1), rule.valid_months))


def test_recording_asks_for_the_rules_once_however_many_days(rule, django_assert_max_num_queries):
    people = [(make_member(), dt.date(2026, 1, 1) + dt.timedelta(days=n)) for n in range(30)]
    with django_assert_max_num_queries(40):
        assert len(record_awards(level=rule.level, people=people, by=None)) == 30


def test_an_administrator_records_for_their_own_unit_only(rule):
    _nation, nordland, oslo, _bodo = make_tree()
    admin, inside, outside = make_member("Ada", of=nordland), make_member(of=nordland), make_member(of=oslo)
    make_appointment(admin, Role.ADMINISTRATOR, unit=nordland)
    record_awards(level=rule.level, people=[(inside, DAY)], by=admin)
    for people in ([(inside, DAY), (outside, DAY)], [(admin, DAY)]):
        with pytest.raises(PermissionDenied):
            record_awards(level=rule.level, people=people, by=admin)
    assert Award.objects.get().member == inside
    assert Entry.objects.get(act="record_award").actor == admin.public_id


def test_the_same_person_may_be_recorded_with_two_days(rule):
    _nation, nordland, *_ = make_tree()
    admin, kari = make_member("Ada", of=nordland), make_member(of=nordland)
    make_appointment(admin, Role.ADMINISTRATOR, unit=nordland)
    people = [(kari, dt.date(2025, 3, 1)), (kari, DAY)]
    assert len(record_awards(level=rule.level, people=people, by=admin)) == 2


def test_an_award_that_was_held_before_counts_as_held(course, paper, rule, kari):
    make_award(kari, rule=rule, on=dt.date(2025, 6, 1), valid_until=dt.date(2029, 6, 1), origin="recorded")
    pass_all(course, paper, kari)
    assert Award.objects.count() == 1


def test_the_leadership_track_has_its_three_levels():
    assert list(Level.objects.filter(track__key="leadership").order_by("order").values_list("key", "order")) == [
        ("leadership.grunn", 1),
        ("leadership.videre", 2),
        ("leadership.fordypning", 3),
    ]
    assert not LevelRule.objects.exists()
