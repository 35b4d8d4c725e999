"""Who comes on the demo's recruiting days, and when."""

import datetime as dt
from random import Random

import pytest

from courses.demo.arriving import Guest, draw_guests
from courses.demo.load import load_demo
from courses.demo.recruiting import opening
from lms.joining.models import Arrival, Campaign
from lms.organisation.models import Appointment
from lms.periods import today

EIGHT = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
NOON = EIGHT + dt.timedelta(hours=4)


def draw(until: dt.datetime = NOON, taken: tuple[str, ...] = ()) -> list[Guest]:
    return draw_guests(
        {"kommune-1804": 9, "kommune-4601": 6}, start=EIGHT, until=until, chance=Random("a"), taken=taken
    )


def test_they_come_between_the_opening_and_now_the_first_first():
    times = [guest.at for guest in draw()]
    assert times == sorted(times)
    assert times[0] >= EIGHT and times[-1] <= NOON


def test_in_the_first_second_of_a_day_they_have_all_just_come():
    assert {guest.at for guest in draw(until=EIGHT)} == {EIGHT}


def test_nobody_is_called_like_somebody_who_is_there_already():
    once = tuple(guest.name.upper() for guest in draw())
    assert not {name.casefold() for name in once} & {guest.name.casefold() for guest in draw(taken=once)}
    assert len({guest.name for guest in draw()}) == 15


@pytest.mark.parametrize(("hour", "opens"), [(0, 0), (8, 0), (9, 8), (21, 8)])
def test_the_day_opens_at_eight_unless_it_is_earlier_than_nine(hour: int, opens: int):
    assert opening(EIGHT.replace(hour=hour, minute=59)).hour == opens


@pytest.mark.django_db
@pytest.mark.parametrize("day", [dt.date(2025, 2, 1), dt.date(2027, 2, 14), dt.date(2028, 9, 1)])
def test_the_demo_is_as_alive_on_another_day(set_today, day):
    set_today(day)
    assert load_demo(members=300)
    assert Campaign.objects.on(day).get().arrivals.count() == Arrival.objects.count() - 18
    assert Appointment.objects.on(today()).filter(role="administrator").exists()
