"""The ladder as a member sees it: held, lapsed, within reach, locked, and why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils.translation import override

from courses.curriculum.models import Course
from courses.progression.kinds import AllOf, AnyOf, Attested, CourseCompleted, Equivalent, HoursCollected, LevelHeld
from courses.progression.models import Extension, Level, LevelRule, Requirement, Track
from courses.tracks.ladder import Place, ladder_of
from tests.factories.courses import (
    GRUNN,
    course_of,
    finish,
    make_award,
    make_course,
    make_course_pages,
    make_credential,
    make_rule,
    outline,
)
from tests.factories.organisation import make_member, make_tree

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)
VIDERE = "leadership.videre"
RENEWAL = Requirement.Part.RENEWAL


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)
    with override("en"):
        yield


@pytest.fixture
def kari():
    return make_member(of=make_tree()[1])


@pytest.fixture
def client(kari):
    client = Client()
    client.force_login(kari)
    client.cookies["tillit_language"] = "en"
    return client


def make_ladder() -> tuple[LevelRule, LevelRule]:
    """Beginner: a course; renewed by a short course, or by hours. Intermediate: beginner and somebody's word."""
    first = make_rule(course_of(make_course_pages()))
    short = make_course(1, key="kort")
    either = AnyOf.objects.create(rule=first, part=RENEWAL, least=1)
    HoursCollected.objects.create(rule=first, part=RENEWAL, parent=either, least_hours=6, within_months=48)
    CourseCompleted.objects.create(rule=first, part=RENEWAL, parent=either, order=1, course=short)
    second = make_rule(level=VIDERE)
    LevelHeld.objects.create(rule=second, level=first.level)
    asked = Attested.objects.create(rule=second, order=1, key="praksis", about="praksis", title={"en": "Practice task"})
    instead = Equivalent.objects.create(rule=second, parent=asked, name="annet", title={"en": "Somewhere else"})
    for order, key in enumerate(("en", "to")):
        course = make_course(1, key=key)
        CourseCompleted.objects.create(rule=second, parent=instead, order=order, course=course)
    return first, second


def rungs(member):
    ladder = ladder_of(member, Track.objects.get(key="leadership"))
    return {rung.level.key: rung for rung in ladder.rungs}


def page(client, url="/tracks/ladder/") -> str:
    return client.get(url).content.decode()


def test_the_first_is_within_reach_the_next_locked_and_the_last_not_decided(kari):
    make_ladder()
    found = rungs(kari)
    assert [rung.place for rung in found.values()] == [Place.REACH, Place.LOCKED, Place.COMING]
    assert found[GRUNN].is_here and found[VIDERE].after


def test_what_is_missing_has_a_reason_and_leads_to_the_course(kari):
    make_ladder()
    line = rungs(kari)[GRUNN].lines[0]
    assert (line.state, line.detail) == ("missing", "Not completed yet. About 20 minutes.")
    assert line.links[0].url == "/kurs/ny-i-styret/"


def test_a_course_one_is_in_tells_how_much_is_left(kari):
    course = make_course(2)
    make_rule(course)
    finish(course, kari, outline(course).taught[0])
    assert "1 of 2 lessons. 10 minutes left." in rungs(kari)[GRUNN].lines[0].detail


def test_what_may_stand_in_for_a_requirement_is_shown_with_both_its_parts(kari):
    make_ladder()
    line = rungs(kari)[VIDERE].lines[1]
    assert line.title == "Confirmed: Practice task"
    assert [(option.lead, len(option.lines)) for option in line.instead] == [("or instead: Somewhere else", 2)]
    assert [link.url for link in line.links] == ["/competences/vouching/ask/?about=praksis"]


def test_what_may_be_learned_elsewhere_leads_to_having_it_recognised(kari):
    CourseCompleted.objects.create(rule=make_rule(), key="kurset", course=make_course())
    (line,) = rungs(kari)[GRUNN].lines
    assert [link.url for link in line.links] == ["/competences/prior/?requirement=kurset"]


def test_a_level_that_is_held_says_since_when_until_when_and_has_its_certificate(kari, client):
    first, _second = make_ladder()
    award = make_award(kari, rule=first, valid_until=dt.date(2030, 3, 14))
    credential = make_credential(kari, award_key=award.key)
    rung = rungs(kari)[GRUNN]
    assert (rung.place, rung.until) == (Place.HELD, dt.date(2030, 3, 14))
    assert rung.given.certificate == f"/desk/certificates/{credential.public_id}/"
    assert "Valid until 14 March 2030" in page(client)


def test_one_that_was_made_to_last_longer_was_reached_when_it_was_reached(kari):
    first, _second = make_ladder()
    award = make_award(kari, rule=first, on=dt.date(2022, 6, 1), valid_until=dt.date(2026, 6, 1))
    make_award(kari, rule=first, on=DAY, valid_until=dt.date(2028, 1, 1), origin="extended")
    credential = make_credential(kari, award_key=award.key)
    rung = rungs(kari)[GRUNN]
    assert (rung.given.reached, rung.until) == (dt.date(2022, 6, 1), dt.date(2028, 1, 1))
    assert str(credential.public_id) in rung.given.certificate


def test_a_level_that_lapses_within_a_year_shows_the_ways_the_shortest_first(kari):
    first, _second = make_ladder()
    make_award(kari, rule=first, on=dt.date(2022, 6, 1), valid_until=dt.date(2026, 6, 1))
    rung = rungs(kari)[GRUNN]
    assert rung.place == Place.SOON
    assert [way.minutes for way in rung.ways] == [10, 360]


def test_a_lapsed_level_says_when_and_how_it_is_had_back(kari, client):
    first, _second = make_ladder()
    make_award(kari, rule=first, on=dt.date(2021, 6, 1), valid_until=dt.date(2025, 6, 1))
    rung = rungs(kari)[GRUNN]
    assert (rung.place, rung.until, rung.is_here) == (Place.LAPSED, dt.date(2025, 6, 1), True)
    assert len(rung.ways) == 2
    shown = page(client)
    assert "Lapsed 1 June 2025" in shown and "This is how you get it back" in shown and "10 minutes" in shown


def test_a_planned_course_is_coming_and_never_an_error(kari, client):
    rule = make_rule()
    course = Course.objects.create(key="senere", title={"en": "Later"}, is_planned=True, planned_minutes=60)
    CourseCompleted.objects.create(rule=rule, course=course)
    line = rungs(kari)[GRUNN].lines[0]
    assert line.is_coming and line.links == ()
    assert "Coming" in page(client)


def test_alternatives_of_several_parts_are_told_apart(kari):
    rule = make_rule()
    either = AnyOf.objects.create(rule=rule, least=1)
    both = AllOf.objects.create(rule=rule, parent=either)
    courses = [make_course(1, key=key) for key in ("a", "b", "c")]
    CourseCompleted.objects.create(rule=rule, parent=both, course=courses[0])
    CourseCompleted.objects.create(rule=rule, parent=both, order=1, course=courses[1])
    CourseCompleted.objects.create(rule=rule, parent=either, order=1, course=courses[2])
    line = rungs(kari)[GRUNN].lines[0]
    assert line.title == "One of these"
    assert [option.lead for option in line.options] == ["Both of these", "or"]


def test_the_page_says_who_decided_and_since_when(kari, client):
    make_ladder()
    assert "Decided: Landsstyret. Since 12 January 2025." in page(client)


def test_the_page_of_a_level_has_every_award_and_rule(kari, client):
    first, _second = make_ladder()
    make_award(kari, rule=first, on=dt.date(2022, 6, 1), valid_until=dt.date(2026, 6, 1))
    extension = Extension.objects.create(
        level=first.level, unit=kari.memberships.get().unit, decision="Sak 12", lapsing_from=DAY,
        lapsing_until=DAY, until=dt.date(2027, 1, 1),
    )  # fmt: skip
    make_award(kari, rule=first, on=DAY, valid_until=extension.until, extension=extension, origin="extended")
    shown = page(client, f"/tracks/ladder/level/{GRUNN}/")
    assert "By decision: Sak 12" in shown and "1 June 2022" in shown and "The level lasts 48 months." in shown


def test_a_track_that_is_put_away_or_unknown_is_not_there(kari, client):
    make_ladder()
    assert client.get("/tracks/ladder/nowhere/").status_code == 404
    Track.objects.filter(key="leadership").update(archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert client.get("/tracks/ladder/leadership/").status_code == 404
    assert client.get(f"/tracks/ladder/level/{GRUNN}/").status_code == 404


def test_a_house_without_levels_says_so(kari, client):
    Level.objects.all().delete()
    assert "No level yet" in page(client)


def test_more_requirements_ask_no_more_of_the_database(kari, django_assert_max_num_queries):
    make_ladder()
    rungs(kari)  # what is kept is warm
    with django_assert_max_num_queries(20) as few:
        rungs(kari)
    rule = LevelRule.objects.get(level__key=VIDERE)
    for number in range(5):
        CourseCompleted.objects.create(rule=rule, order=9, course=make_course(1, key=f"k{number}"))
    rungs(kari)
    with django_assert_max_num_queries(len(few)):
        rungs(kari)
