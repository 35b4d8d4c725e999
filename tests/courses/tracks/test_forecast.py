"""Lapses soon: who, when and where; who has begun to renew; the shortest way; and telling them once."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from courses.enrolment.services import enrol
from courses.progression.kinds import AnyOf, CourseCompleted, HoursCollected
from courses.progression.models import AwardEnding, Level, Requirement
from courses.tracks.forecast import forecast_of, places_of
from courses.tracks.reminding import DAILY, distance_of, remind
from courses.tracks.renewals import renewals_of
from lms.audit.models import Entry, Sighting
from lms.jobs.services import request_job
from lms.jobs.sweeper import run_waiting
from lms.notifications.models import Notice
from lms.notifications.registry import notice_kind
from tests.factories.courses import GRUNN, make_award, make_course, make_rule
from tests.factories.organisation import make_appointment, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)
RENEWAL = Requirement.Part.RENEWAL
URL = "/tracks/lapsing/"


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)
    with override("en"):
        yield


@pytest.fixture
def tree():
    rule = make_rule()
    either = AnyOf.objects.create(rule=rule, part=RENEWAL, least=1)
    HoursCollected.objects.create(rule=rule, part=RENEWAL, parent=either, least_hours=6, within_months=48)
    course = make_course(2, key="kort")
    CourseCompleted.objects.create(rule=rule, part=RENEWAL, parent=either, order=1, course=course)
    return make_tree()


@pytest.fixture
def inga(tree):
    person = make_member("Inga", of=tree[1])
    make_appointment(person, "administrator", unit=tree[1])
    return person


@pytest.fixture
def client(inga):
    client = Client()
    client.force_login(inga)
    client.cookies["tillit_language"] = "en"
    return client


def lapses(unit, until: dt.date, name="Åse", **fields):
    member = fields.pop("member", None) or make_member(name, of=unit, email=f"{name}@example.org")
    return make_award(member, on=fields.pop("on", dt.date(2022, 5, 1)), valid_until=until, **fields)


def test_what_lapses_is_counted_within_three_six_and_twelve_months(tree, inga):
    for number, day in enumerate([(2026, 3, 14), (2026, 6, 14), (2026, 6, 15), (2027, 3, 14), (2027, 3, 15)]):
        lapses(tree[3], dt.date(*day), f"P{number}")
    found = forecast_of(tree[1], reader=inga)
    assert [len(found.within(months)) for months in (3, 6, 12)] == [1, 2, 3]


def test_what_a_decision_ends_sooner_lapses_then(tree, inga):
    award = lapses(tree[3], dt.date(2030, 1, 1))
    AwardEnding.objects.create(award=award, on=dt.date(2026, 5, 1), decision="Ny regel")
    assert [one.until for one in forecast_of(tree[1], reader=inga).holdings] == [dt.date(2026, 5, 1)]


def test_one_that_was_renewed_is_not_counted(tree, inga):
    award = lapses(tree[3], dt.date(2026, 5, 1))
    lapses(tree[3], dt.date(2030, 5, 1), member=award.member, on=DAY)
    assert forecast_of(tree[1], reader=inga).holdings == ()


def test_a_county_sees_its_own(tree, inga):
    lapses(tree[3], dt.date(2026, 5, 1))
    lapses(tree[2], dt.date(2026, 5, 1), "Nabo")
    assert len(forecast_of(tree[0], reader=inga).holdings) == 1


def test_the_months_and_the_units_below_add_up(tree, inga):
    lapses(tree[3], dt.date(2026, 5, 1))
    lapses(tree[3], dt.date(2026, 5, 20), "Ola")
    lapses(tree[1], dt.date(2026, 12, 1), "Per")
    found = forecast_of(tree[1], reader=inga)
    months = {month.first: (month.number, month.share) for month in found.months() if month.number}
    assert months == {dt.date(2026, 5, 1): (2, 100.0), dt.date(2026, 12, 1): (1, 50.0)}
    assert [(place.unit, place.number) for place in places_of(found, 12)] == [(tree[3], 2), (tree[1], 1)]


def test_somebody_who_serves_here_but_belongs_elsewhere_is_counted_apart(tree, inga):
    award = lapses(tree[2], dt.date(2026, 5, 1))
    make_term(award.member, unit=tree[3])
    found = forecast_of(tree[1], reader=inga)
    assert [(place.unit, place.number) for place in places_of(found, 12)] == [(None, 1)]


def test_the_shortest_way_and_who_has_begun(tree, inga):
    course = CourseCompleted.objects.get(part=RENEWAL).course
    begun, idle = lapses(tree[3], dt.date(2026, 5, 1)), lapses(tree[3], dt.date(2026, 5, 2), "Ola")
    enrol(course=course, member=begun.member)
    holdings = forecast_of(tree[1], reader=inga).holdings
    found = {one.member_id: renewal for one, renewal in renewals_of(holdings, on=DAY).items()}
    assert [found[award.member_id].is_begun for award in (begun, idle)] == [True, False]
    assert found[idle.member_id].path.minutes == 20 and "(20 min" in found[idle.member_id].words()


def test_without_a_way_of_its_own_the_level_is_met_once_more(tree, inga):
    Requirement.objects.filter(part=RENEWAL).delete()
    lapses(tree[3], dt.date(2026, 5, 1))
    (renewal,) = renewals_of(forecast_of(tree[1], reader=inga).holdings, on=DAY).values()
    assert renewal.path is None and not renewal.is_begun


def test_the_page_names_those_one_sees_and_is_written_down(tree, inga, client):
    lapses(tree[3], dt.date(2026, 5, 1), "Åse Berg")
    page = client.get(URL).content.decode()
    assert "Åse Berg" in page and "Bodø" in page and "Tell them now" in page
    assert Sighting.objects.filter(page="lapsing", act="saw").count() == 1


def test_the_list_is_narrowed_by_level_and_by_who_has_begun(tree, inga, client):
    lapses(tree[3], dt.date(2026, 5, 1), "Åse Berg")
    assert "Åse Berg" not in client.get(URL, {"begun": "yes"}).content.decode()
    assert "Åse Berg" in client.get(URL, {"begun": "no", "level": GRUNN}).content.decode()
    make_rule(level="leadership.videre")
    assert "Åse Berg" not in client.get(URL, {"level": "leadership.videre"}).content.decode()


def test_a_unit_one_does_not_see_is_not_there(tree, inga, client):
    assert client.get(URL, {"unit": str(tree[2].public_id)}).status_code == 404
    assert client.get(URL, {"unit": "tull"}).status_code == 404


def test_a_training_officer_sees_it_and_is_not_offered_to_extend(tree):
    person, client = make_member("Studie", of=tree[1]), Client()
    make_term(person, office="training", unit=tree[1])
    client.force_login(person)
    lapses(tree[3], dt.date(2026, 5, 1), "Åse Berg")
    page = client.get(URL).content.decode()
    assert "Åse Berg" in page and "/tracks/extending/" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_has_a_row_for_each_and_is_written_down(tree, client, kind):
    lapses(tree[3], dt.date(2026, 5, 1), "Åse Berg")
    answer = client.post(f"{URL}lapsing.{kind}?months=6")
    assert answer.status_code == 200
    assert Sighting.objects.filter(page="lapsing", act="exported").count() == 1
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[1][1:3] == ["Åse Berg", "Bodø"] and rows[1][5] == "2026-05-01" and rows[1][8] == "20"


def test_another_kind_of_file_is_not_there(client):
    assert client.post(f"{URL}lapsing.pdf").status_code == 404


def test_they_are_told_once_however_often_it_is_asked(tree, inga, client):
    lapses(tree[3], dt.date(2026, 5, 1))
    for months in ("3", "6", "12"):
        client.post(f"{URL}remind/?months={months}")
    run_waiting()
    notice = Notice.objects.get(kind="level_lapses")
    assert notice.context["date"] and "20 min" in notice.context["way"]
    assert Entry.objects.filter(act="remind_lapsing").count() == 3


def test_nearer_the_day_they_are_told_again(tree, inga, set_today):
    lapses(tree[3], dt.date(2026, 9, 1))
    remind(unit=tree[1], level=None, months=6, by=inga)
    run_waiting()
    set_today(dt.date(2026, 7, 1))
    remind(unit=tree[1], level=Level.objects.get(key=GRUNN), months=3, by=inga)
    run_waiting()
    assert Notice.objects.filter(kind="level_lapses").count() == 2


def test_only_who_sees_the_people_may_have_them_told(tree, inga):
    with pytest.raises(PermissionDenied):
        remind(unit=tree[0], level=None, months=6, by=inga)
    with pytest.raises(ValueError, match="distance"):
        remind(unit=tree[1], level=None, months=5, by=inga)


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ((2026, 9, 14), 1),
        ((2026, 9, 15), 0),
        ((2026, 6, 15), 1),
        ((2026, 6, 14), 0),
        ((2026, 4, 15), 0),
        ((2026, 4, 14), 1),
        ((2026, 3, 15), 1),
        ((2026, 3, 14), 0),
    ],
)
def test_six_months_and_one_month_before_it_is_said_by_itself(tree, until, told):
    lapses(tree[3], dt.date(*until))
    for number in range(2):
        request_job(kind=DAILY, key=f"d{number}", payload={}, by=None)
        run_waiting()
    assert Notice.objects.filter(kind="level_lapses").count() == told


def test_who_has_left_is_not_told(tree):
    award = lapses(tree[3], dt.date(2026, 4, 1))
    type(award.member).objects.filter(pk=award.member_id).update(is_active=False)
    request_job(kind=DAILY, key="d", payload={}, by=None)
    run_waiting()
    assert not Notice.objects.exists()


def test_the_subject_of_the_letter_says_only_a_day():
    assert "%(date)s" in str(notice_kind("level_lapses").subject)


@pytest.mark.parametrize(
    ("until", "months"),
    [((2026, 4, 14), 1), ((2026, 4, 15), 3), ((2026, 6, 15), 6), ((2026, 9, 15), 12), ((2029, 1, 1), 12)],
)
def test_the_distance_is_counted_in_steps(until, months):
    assert distance_of(dt.date(*until), DAY) == months


def test_the_page_asks_the_same_of_the_database_for_many(tree, inga, client, django_assert_max_num_queries):
    lapses(tree[3], dt.date(2026, 5, 1))
    client.get(URL)
    with django_assert_max_num_queries(60) as few:
        client.get(URL)
    for number in range(10):
        lapses(tree[3], dt.date(2026, 5, 2 + number), f"P{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(URL)
