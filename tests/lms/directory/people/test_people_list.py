"""The list of people: who is in it, how it is narrowed, and that nobody of another county ever is."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from lms.audit.models import Sighting, SightingOf
from lms.organisation.models import Membership
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_member, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PEOPLE = "/organisation/people/"


def names(client, query="") -> list[str]:
    """Who a list shows, in order."""
    html = client.get(f"{PEOPLE}{query}").content.decode()
    return re.findall(r'<td role="cell"><a href="/organisation/people/[0-9a-f-]+/"><b>(.*?)</b>', html)


def test_people_of_ones_own_units_are_listed_by_name_and_nobody_elses(county, as_ada):
    for name in ("Åse Berg", "Ærlig Dal", "Ola Vik"):
        make_member(name, of=county.bodo)
    make_member("Kari Frogner", of=county.frogner)
    assert names(as_ada) == ["Ada Lund", "Ola Vik", "Ærlig Dal", "Åse Berg"]


def test_who_holds_an_office_here_is_listed_though_a_member_elsewhere(county, as_ada):
    tone = make_member("Tone Tur", of=county.frogner)
    make_term(tone, office="secretary", unit=county.bodo)
    assert "Tone Tur" in names(as_ada)


@pytest.mark.parametrize("asked", ["åse", "Åse", "ber", "åse berg", "berg å", "márjá", "marja", "100"])
def test_a_search_finds_words_by_how_they_begin_and_numbers(county, as_ada, asked):
    make_member("Åse-Márjá Berg", of=county.bodo, member_number="100204")
    make_member("Ola Vik", of=county.bodo, member_number="200204")
    assert names(as_ada, f"?name={asked}") == ["Åse-Márjá Berg"]


@pytest.mark.parametrize("asked", ["ase", "erg", "%25", "_"])
def test_a_search_finds_no_middle_of_a_word_and_knows_no_wildcard(county, as_ada, asked):
    make_member("Åse Berg", of=county.bodo)
    assert names(as_ada, f"?name={asked}") == []


def test_a_search_finds_nobody_of_another_county_by_name_or_number(county, as_ada):
    make_member("Kari Frogner", of=county.frogner, member_number="300")
    assert names(as_ada, "?name=kari") == names(as_ada, "?name=300") == []


def test_a_list_is_narrowed_to_a_unit_and_what_is_below_it(county, as_ada):
    make_member("Ola Vik", of=county.bodo)
    assert names(as_ada, f"?unit={county.bodo.public_id}") == ["Ola Vik"]
    assert names(as_ada, f"?unit={county.nordland.public_id}") == ["Ada Lund", "Ola Vik"]


def test_a_unit_that_is_not_ones_own_narrows_nothing_and_opens_nothing(county, as_ada):
    make_member("Kari Frogner", of=county.frogner)
    assert names(as_ada, f"?unit={county.frogner.public_id}") == ["Ada Lund"]


def test_a_list_is_narrowed_by_what_people_are(county, as_ada):
    make_member("Siv", of=county.bodo, status="sympathiser")
    make_member("Per", of=county.bodo, since=Period(LONG_AGO, dt.date(2025, 1, 1)))
    assert names(as_ada, "?status=sympathiser") == ["Siv"]
    assert names(as_ada, "?status=former") == ["Per"]
    assert names(as_ada) == ["Ada Lund", "Siv"]


def test_former_members_are_those_who_were_here_last(county, as_ada):
    moved = make_member("Mona", of=county.bodo, since=Period(LONG_AGO, dt.date(2020, 1, 1)))
    Membership.objects.create(
        member=moved, unit=county.frogner, valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2025, 1, 1)
    )
    make_member("Fred", of=county.frogner, since=Period(LONG_AGO, dt.date(2025, 1, 1)))
    assert names(as_ada, "?status=former") == []


def test_a_list_is_narrowed_by_age_of_which_only_the_year_is_known(county, as_ada):
    for name, year in (("Ung", 1987), ("Førti", 1986), ("Ukjent", None)):
        make_member(name, of=county.bodo, birth_year=year)
    shown = [names(as_ada, f"?age={age}") for age in ("under-40", "from-40", "unknown")]
    assert shown == [["Ung"], ["Førti"], ["Ada Lund", "Ukjent"]]


def test_a_list_is_narrowed_by_an_office_held_on_the_day(county, as_ada):
    for name, period in (("Nå", Period(LONG_AGO)), ("Før", Period(LONG_AGO, dt.date(2026, 1, 1)))):
        make_term(make_member(name, of=county.bodo), office="chair", unit=county.bodo, period=period)
    assert names(as_ada, "?office=chair") == ["Nå"]
    assert names(as_ada, "?office=chair&on=2025-06-01") == ["Før", "Nå"]


def test_an_order_that_is_not_on_the_list_is_the_order_of_names(county, as_ada):
    make_member("Zorro", of=county.bodo)
    assert names(as_ada, "?order=password") == names(as_ada, "?order=-email") == ["Ada Lund", "Zorro"]
    assert names(as_ada, "?order=name-backwards") == ["Zorro", "Ada Lund"]


def test_asked_how_it_was_those_are_listed_who_were_here_then_and_are_within_reach_today(county, as_ada):
    make_member("Ny", of=county.bodo, since=Period(dt.date(2026, 1, 1)))
    gone = make_member("Flyttet", of=county.bodo, since=Period(LONG_AGO, dt.date(2025, 1, 1)))
    Membership.objects.create(member=gone, unit=county.frogner, valid_from=dt.date(2025, 1, 1))
    assert names(as_ada, "?on=2024-06-01") == ["Ada Lund"]


def test_pages_hold_fifty_and_a_page_that_is_not_there_is_the_last(county, as_ada):
    for number in range(51):
        make_member(f"Person {number:02}", of=county.bodo)
    assert len(names(as_ada)) == 50
    assert names(as_ada, "?page=2") == names(as_ada, "?page=9999") == ["Person 49", "Person 50"]
    assert len(names(as_ada, "?page=-1")) == len(names(as_ada, "?page=x")) == 50


def test_everybody_shown_is_written_down_as_seen_and_nobody_else(county, as_ada):
    ola, _ = make_member("Ola Vik", of=county.bodo), make_member("Kari", of=county.frogner)
    names(as_ada)
    sighting = Sighting.objects.get()
    assert (sighting.actor, sighting.page, sighting.act) == (county.ada.public_id, "member_list", "saw")
    assert list(SightingOf.objects.values_list("subject", flat=True)) == [ola.public_id]


def test_the_list_does_not_exist_for_those_who_see_nobody(county, client):
    assert client.get(PEOPLE).status_code == 302
    client.force_login(make_member("Ola", of=county.bodo))
    assert client.get(PEOPLE).status_code == 404


def test_a_right_that_has_ended_is_not_brought_back_by_asking_for_an_earlier_day(county, client):
    tone = make_member("Tone", of=county.oslo)
    make_term(tone, office="training", unit=county.nordland, period=Period(LONG_AGO, DAY))
    client.force_login(tone)
    assert client.get(f"{PEOPLE}?on=2025-01-01").status_code == 404
