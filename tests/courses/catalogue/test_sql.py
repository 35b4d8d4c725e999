"""How often the database is asked, cold and warm: the same for few and many, short and long.

The bounds are those of the main job: course page 6 signed in, a lesson that records 8 with one
upsert, pages for strangers 4.
"""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.attempts.models import Paper
from courses.catalogue.models import CoursePage
from courses.enrolment.services import enrol
from lms.joining.models import Campaign
from lms.pages.models import OrganisationSettings
from lms.periods import Period, today
from tests.factories.courses import (
    answer_quiz,
    course_of,
    finish,
    lesson_pages,
    make_attempt,
    make_course_pages,
    make_credential,
    make_paper,
    outline,
    quiz_block,
    text_block,
)
from tests.factories.organisation import make_member, make_unit

pytestmark = pytest.mark.django_db

SIZES = {"10 members, 5 activities": (10, 5), "200 members, 50 activities": (200, 50)}


class House:
    """A course of so many activities, taken by so many members; Kari reads it."""

    def __init__(self, members: int, activities: int) -> None:
        self.page = make_course_pages([[text_block(), quiz_block()]] * (activities // 2), paper=make_paper(20))
        OrganisationSettings.load()
        unit = make_unit()
        people = [make_member(f"Medlem {n}", of=unit) for n in range(members)]
        course = course_of(self.page)
        for member in people:
            enrol(member=member, course=course)
        for member in people[:20]:
            finish(course, member, outline(course).taught[0])
        self.kari = people[0]
        self.client = Client()
        self.stranger = Client()

    def sign_in(self) -> None:
        self.client.force_login(self.kari)


@pytest.fixture(autouse=True)
def _as_installed(settings):
    """Whether somebody must come with two factors is asked at every request: it is counted too."""
    settings.TILLIT_REQUIRE_SECOND_FACTOR, settings.TILLIT_DEMO = True, False


@pytest.fixture(params=SIZES.values(), ids=list(SIZES))
def house(request, db) -> House:
    return House(*request.param)


def asked(call):
    """(the answer, the queries it took); transaction marks are not counted."""
    with CaptureQueriesContext(connection) as captured:
        answer = call()
    sql = [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert answer.status_code in (200, 204, 302)
    return answer, sql


def cold_and_warm(call):
    """The queries of a first and of a third call."""
    cache.clear()
    _, cold = asked(call)
    asked(call)
    _, warm = asked(call)
    return cold, warm


def told(queries):
    return "\n".join(query[:220] for query in queries)


def test_the_course_page_of_one_who_takes_it(house):
    house.sign_in()
    _cold, warm = cold_and_warm(lambda: house.client.get(house.page.url))
    assert len(warm) <= 6, told(warm)


def test_a_lesson_of_one_who_takes_it(house):
    house.sign_in()
    url = lesson_pages(house.page)[1].url
    _cold, warm = cold_and_warm(lambda: house.client.get(url))
    assert len(warm) <= 8, told(warm)


def test_a_lesson_that_records_is_one_upsert(house):
    house.sign_in()
    key = lesson_pages(house.page)[1].translation_key
    _cold, warm = cold_and_warm(lambda: house.client.post(f"/learn/ny-i-styret/{key}/seen/"))
    assert len(warm) <= 3, told(warm)
    assert [query.split()[0] for query in warm if query.startswith(("INSERT", "UPDATE"))] == ["INSERT"]


def test_finishing_a_lesson(house):
    house.sign_in()
    for lesson in lesson_pages(house.page)[:2]:  # the first one warms
        _, queries = asked(lambda key=lesson.translation_key: house.client.post(f"/learn/ny-i-styret/{key}/finish/"))
    assert len(queries) <= 6, told(queries)


def test_the_way_from_the_list_to_the_lesson_as_a_stranger(house):
    CoursePage.objects.update(access="everyone")
    lesson = lesson_pages(house.page)[0]
    for url in ("/", "/kurs/", house.page.url, lesson.url):
        _cold, warm = cold_and_warm(lambda url=url: house.stranger.get(url))
        assert len(warm) <= 4, f"{url}\n{told(warm)}"


def test_the_first_view_after_publishing_takes_as_many_for_a_long_course(db):
    counts = []
    for slug, lessons in (("kort", 3), ("lang", 25)):
        page = make_course_pages([[text_block(), quiz_block()]] * lessons, slug=slug)
        OrganisationSettings.load()
        kari = make_member()
        client = Client()
        client.force_login(kari)
        cold, _warm = cold_and_warm(lambda url=page.url: client.get(url))  # noqa: B023
        counts.append(len(cold))
    assert counts[0] == counts[1]


def test_the_screens_of_a_test(house):
    course = course_of(house.page)
    paper = house.page.paper
    finish(course, house.kari)
    for lesson in outline(course).taught:
        answer_quiz(paper_of(lesson), house.kari)
    attempt = make_attempt(paper, house.kari, hand_in=False)
    house.sign_in()
    for url in ("test/", f"test/{attempt.public_id}/", f"test/{attempt.public_id}/3/"):
        _cold, warm = cold_and_warm(lambda url=url: house.client.get(f"/learn/ny-i-styret/{url}"))
        assert len(warm) <= 12, f"{url}\n{told(warm)}"


def paper_of(lesson):
    return Paper.objects.get(pk=lesson.items[1].paper_id)


def test_ones_own_page(house):
    house.sign_in()
    _cold, warm = cold_and_warm(lambda: house.client.get("/desk/"))
    assert len(warm) <= 12, told(warm)


def test_ones_own_page_on_a_recruiting_day(house):
    house.sign_in()
    unit = house.kari.memberships.get().unit
    day = Period(today(), today() + dt.timedelta(days=1))
    Campaign.objects.create(name="Vervedagen", unit=unit, valid_from=day.start, valid_until=day.until)
    _cold, warm = cold_and_warm(lambda: house.client.get("/desk/"))
    assert "Vervedagen" in house.client.get("/desk/").content.decode()
    assert len(warm) <= 12, told(warm)


def test_the_check_page(house):
    number = make_credential(house.kari).number
    _cold, warm = cold_and_warm(lambda: house.stranger.get(f"/c/{number}/"))
    assert len(warm) <= 2, told(warm)


def test_the_course_page_is_light(db):
    page = make_course_pages([[text_block(), quiz_block()]] * 13, paper=make_paper(20))
    client = Client()
    client.force_login(make_member())
    assert len(client.get(page.url).content) <= 30 * 1024
