"""A recruiting day: counted per unit, by the clock in Oslo; the wall shows no number under five of one place."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from lms.joining.board import Cell, draw
from lms.joining.campaigns import board_of, make_campaign
from lms.joining.links import make_link
from lms.joining.models import Arrival, Campaign
from lms.members.models import Member
from lms.periods import Period, today
from tests.factories import organisation
from tests.lms.joining.conftest import as_member

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def campaign(place, course) -> Campaign:
    day = Period(today(), today() + dt.timedelta(days=1))
    return make_campaign(
        name="Vervedag", unit=place.nordland, period=day, by=place.nora, goal=10, course_key=course.key
    )


def arrive(campaign: Campaign, unit, count: int, *, at: dt.datetime | None = None) -> None:
    Arrival.objects.bulk_create(Arrival(campaign=campaign, unit=unit, at=at or timezone.now()) for _ in range(count))


def test_whoever_comes_by_a_link_of_the_campaign_is_counted_on_its_day(place, campaign, newest_door):
    link = make_link(unit=place.bodo, by=place.nora, campaign=campaign)
    Client().post(f"/join/with/{link.token}/", {"email": "ny@example.org", "agrees": "on"})
    Client().post(newest_door())
    board = board_of(campaign, is_wall=False)
    assert (board.total, [(bar.label, bar.number) for bar in board.units]) == (1, [("Bodø", 1)])


def test_whoever_comes_by_the_link_before_the_day_is_not_counted(place, course, newest_door):
    period = Period(today() + dt.timedelta(days=3), today() + dt.timedelta(days=4))
    later = make_campaign(name="Senere", unit=place.nordland, period=period, by=place.nora)
    link = make_link(unit=place.bodo, by=place.nora, campaign=later)
    Client().post(f"/join/with/{link.token}/", {"email": "ny@example.org", "agrees": "on"})
    Client().post(newest_door())
    assert (Arrival.objects.get().link, Arrival.objects.get().campaign) == (link, None)


def test_a_campaign_needs_the_right_a_name_and_a_day_to_come(place):
    day = Period(today(), today() + dt.timedelta(days=1))
    with pytest.raises(PermissionDenied):
        make_campaign(name="x", unit=place.nation, period=day, by=place.nora)
    for name, period in (("  ", day), ("x", Period(dt.date(2020, 1, 1), dt.date(2020, 1, 2))), ("x", Period(today()))):
        with pytest.raises(ValidationError):
            make_campaign(name=name, unit=place.nordland, period=period, by=place.nora)


def test_a_unit_outside_the_campaign_gets_no_link_in_it(place, campaign):
    with pytest.raises(ValidationError):
        make_link(unit=place.oslo, by=place.odd, campaign=campaign)


def test_the_board_is_there_for_the_units_that_take_part_and_for_nobody_else(place, campaign):
    url = f"/join/campaigns/{campaign.public_id}/board/"
    kari = organisation.make_member("Kari", of=place.bodo)
    assert as_member(kari).get(url).status_code == 200
    assert as_member(place.odd).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert str(campaign.public_id) not in as_member(place.odd).get("/join/campaigns/").content.decode()


def test_a_board_asks_for_new_counts_until_its_campaign_is_over(place, campaign):
    arrive(campaign, place.bodo, 2)
    url, reader = f"/join/campaigns/{campaign.public_id}", as_member(place.nora)
    assert all("data-figures" in reader.get(f"{url}/{page}/").content.decode() for page in ("board", "wall"))
    Campaign.objects.update(valid_from=today() - dt.timedelta(days=1), valid_until=today())
    over = [reader.get(f"{url}/{page}/").content.decode() for page in ("board", "wall")]
    assert not any("data-figures" in page for page in over)


def test_a_board_speaks_of_what_is_over_as_past(place, campaign):
    arrive(campaign, place.bodo, 10)
    url, reader = f"/join/campaigns/{campaign.public_id}/board/", as_member(place.nora)
    reader.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
    page = reader.get(url).content.decode()
    assert "of 10 we hope for" in page and "The goal is reached." in page
    Campaign.objects.update(valid_from=today() - dt.timedelta(days=1), valid_until=today())
    page = reader.get(url).content.decode()
    assert "of 10 we hoped for" in page and "The goal was reached." in page


@pytest.mark.parametrize("page", ["", "links/", "campaigns/", "waiting/"])
def test_whoever_has_the_organisation_in_the_menu_stands_there_and_finds_the_way_back(place, page):
    shown = as_member(place.nora).get(f"/join/{page}")
    assert [item.url for item in shown.context["shell"].menu if item.is_current] == ["/organisation/"]
    assert '<p class="t-over"><a class="t-plain" href="/organisation/">' in shown.content.decode()


def test_whoever_has_no_such_entry_is_led_nowhere(place):
    kari = organisation.make_member("Kari", of=place.bodo)
    assert 'href="/organisation/"' not in as_member(kari).get("/join/").content.decode()


def test_the_board_names_nobody(place, campaign):
    ny = Member.objects.create(name="Kanarifugl", email="ny@example.org")
    Arrival.objects.create(campaign=campaign, unit=place.bodo, member=ny)
    for page in ("board", "board/figures", "wall", "wall/figures"):
        shown = as_member(place.nora).get(f"/join/campaigns/{campaign.public_id}/{page}/").content.decode()
        assert "Kanarifugl" not in shown


def test_the_figures_are_counted_in_one_query_whatever_they_are(place, campaign, django_assert_num_queries):
    arrive(campaign, place.bodo, 300)
    with django_assert_num_queries(1):
        board_of(campaign, is_wall=False)


def test_hours_are_those_of_the_clock_in_oslo(place, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(valid_from=dt.date(2026, 3, 28), valid_until=dt.date(2026, 3, 30))
    campaign.refresh_from_db()
    arrive(campaign, place.bodo, 1, at=dt.datetime(2026, 3, 28, 23, 30, tzinfo=OSLO))
    arrive(campaign, place.bodo, 2, at=dt.datetime(2026, 3, 29, 4, 15, tzinfo=OSLO))  # the clock was put forward
    hours = board_of(campaign, is_wall=False).hours
    assert [(bar.label, bar.number) for bar in hours] == [
        ("23", 1), ("00", 0), ("01", 0), ("02", 0), ("03", 0), ("04", 2),
    ]  # fmt: skip


def _counts(text: str) -> dict[str, int]:
    return {} if text == "–" else {pair.split()[0]: int(pair.split()[1]) for pair in text.split(", ")}


def _table() -> list[list[str]]:
    """The rows of the wall's table in the docs."""
    page = (settings.BASE_DIR / "docs" / "algorithms" / "joining.md").read_text(encoding="utf-8")
    rows = page.split("| came |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize(("came", "total", "named", "rest", "left_out"), _table())
def test_the_wall_by_its_table(came, total, named, rest, left_out):
    board = draw([Cell(unit, 9, n) for unit, n in _counts(came).items()], goal=0, is_wall=True)
    shown = {bar.label: bar.number for bar in board.units}
    assert (board.total, shown, board.rest, board.left_out) == (
        int(total), _counts(named), int(rest), left_out == "yes",
    )  # fmt: skip


def test_on_the_wall_no_smaller_number_is_left_when_everything_shown_is_subtracted():
    for sizes in ([a, b, c] for a in range(8) for b in range(8) for c in range(8)):
        board = draw([Cell(str(i), 9 + i, n) for i, n in enumerate(sizes) if n], goal=0, is_wall=True)
        left = board.total - sum(bar.number for bar in board.units)
        assert left == board.rest == sum(bar.number for bar in board.hours) - sum(bar.number for bar in board.units)
        assert left == 0 or left >= 5
