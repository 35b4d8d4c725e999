"""The page of a person: within reach it shows where they stand and stood; beyond it there is nobody."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from lms.audit.models import Sighting
from lms.directory import sections
from lms.members.services import open_account
from lms.organisation.access import Role
from lms.organisation.models import Membership
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_appointment, make_member, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TURN = dt.date(2020, 1, 1)


def address(member, act=""):
    return f"/organisation/people/{member.public_id}/{act}"


def page(client, member):
    answer = client.get(address(member))
    assert answer.status_code == 200
    return answer.context["page"]


def test_it_shows_memberships_and_offices_the_newest_first(county, as_ada):
    kari = make_member("Kari", of=county.frogner, since=Period(LONG_AGO, TURN))
    Membership.objects.create(member=kari, unit=county.bodo, valid_from=TURN)
    make_term(kari, office="chair", unit=county.bodo, period=Period(TURN, DAY))
    shown = page(as_ada, kari)
    stretches = [(one.where, one.since, one.last, one.is_now) for one in shown.memberships]
    assert stretches == [("Bodø", TURN, None, True), ("Frogner", LONG_AGO, dt.date(2019, 12, 31), False)]
    assert [(one.last, one.is_now) for one in shown.offices] == [(DAY - dt.timedelta(days=1), False)]


@pytest.mark.parametrize("act", ["", "move/", "leave/"])
def test_somebody_of_another_county_is_not_found(county, as_ada, act):
    assert as_ada.get(address(make_member("Fred", of=county.frogner), act)).status_code == 404
    assert as_ada.get("/organisation/people/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_who_left_from_here_is_found_and_who_left_from_elsewhere_is_not(county, as_ada):
    per, fred = (make_member(of=unit, since=Period(LONG_AGO, TURN)) for unit in (county.bodo, county.frogner))
    assert page(as_ada, per).standing == "former"
    assert as_ada.get(address(fred)).status_code == 404


def test_one_who_sees_nobody_does_not_find_even_oneself(county, client):
    ola = make_member("Ola", of=county.bodo)
    client.force_login(ola)
    assert client.get(address(ola)).status_code == 404


def test_it_tells_what_the_person_may_do_and_by_what(county, as_ada):
    tone = make_member("Tone", of=county.bodo)
    make_term(tone, office="training", unit=county.bodo)
    make_appointment(tone, Role.EDITOR, unit=county.nordland)
    held = [(held.unit, str(held.source)) for held in page(as_ada, tone).rights]
    assert len(held) == 2 and [unit for unit, _ in held] == ["Bodø", "Nordland fylkeslag"]


def test_it_tells_whether_the_person_can_sign_in(county, as_ada):
    kari = make_member("Kari", of=county.bodo)
    assert not page(as_ada, kari).account.can_sign_in
    open_account(member=kari, email="kari@example.org", password="et-langt-passord")
    assert page(as_ada, kari).account.can_sign_in


def test_opening_it_is_written_down(county, as_ada):
    kari = make_member("Kari", of=county.bodo)
    page(as_ada, kari)
    sighting = Sighting.objects.get()
    assert (sighting.page, [of.subject for of in sighting.subjects.all()]) == ("member_page", [kari.public_id])


def test_rooms_above_add_parts_for_readers_they_have_something_for(county, as_ada, monkeypatch):
    monkeypatch.setattr(sections, "_of_person", sections.Sections())
    asked = []
    given = {"a.html": {"n": 1}, "b.html": None}

    def answer(template, *told):
        asked.append(told)
        return given[template]

    for order, template in ((20, "a.html"), (10, "b.html")):
        sections.register_section(order, template, template, partial(answer, template))
    kari = make_member("Kari", of=county.bodo)
    shown = sections.sections_of(kari, reader=county.ada, on=DAY)
    assert [(part.template, part.given) for part in shown] == [("a.html", {"n": 1})]
    assert asked == [(kari, county.ada, DAY)] * 2
