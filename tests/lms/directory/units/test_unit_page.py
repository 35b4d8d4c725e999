"""The page of one unit: for every administrator where it stands, its people within reach only."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.audit.models import SightingOf
from lms.organisation.access import Role
from lms.organisation.models import UnitLabel, UnitSuccession
from lms.periods import Period
from tests.factories.organisation import LONG_AGO, make_appointment, make_body, make_member, make_term, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TURN = dt.date(2020, 1, 1)


def page(client, unit, query=""):
    answer = client.get(f"/organisation/units/{unit.public_id}/{query}")
    assert answer.status_code == 200
    return answer


def test_it_shows_the_line_above_what_is_below_and_the_bodies(county, as_ada):
    make_body(county.nordland)
    shown = page(as_ada, county.nordland).context["page"]
    assert ([u.name for u in shown.above], [u.name for u in shown.under]) == (["Landet"], ["Bodø"])
    assert [body.unit for body in shown.bodies] == [county.nordland]


def test_a_unit_of_another_county_is_shown_without_its_people(county, as_ada):
    fred = make_member("Fred Frogner", of=county.frogner)
    make_appointment(fred, Role.ADMINISTRATOR, unit=county.oslo)
    answer = page(as_ada, county.oslo)
    assert answer.context["page"].counts is None
    assert "Fred" not in answer.content.decode()


def test_who_administers_is_named_as_far_as_the_reader_sees_people(county, as_ada):
    tone, inga = make_member("Tone", of=county.bodo), make_member("Inga", of=county.nation)
    make_term(tone, office="training", unit=county.bodo)
    make_appointment(inga, Role.ADMINISTRATOR, unit=county.nation)
    answer = page(as_ada, county.bodo)
    assert [one.name for one in answer.context["administrators"]] == ["Tone", "Ada Lund"]
    assert list(SightingOf.objects.values_list("subject", flat=True)) == [tone.public_id]


def test_it_tells_what_it_was_called_and_whom_it_followed(county, as_ada):
    before = make_unit("Skjerstad", under=county.nordland, lived=Period(LONG_AGO, TURN))
    UnitSuccession.objects.create(predecessor=before, successor=county.bodo, on=TURN)
    for name, period in (("Bodin", Period(LONG_AGO, TURN)), ("Bodø", Period(TURN))):
        UnitLabel.objects.create(
            unit=county.bodo, code="1804", name=name, valid_from=period.start, valid_until=period.until
        )
    shown = page(as_ada, county.bodo).context["page"]
    assert ([row.name for row in shown.labels], [one.name for one in shown.origins]) == (
        ["Bodin", "Bodø"],
        ["Skjerstad"],
    )
    assert page(as_ada, county.bodo, "?on=2019-06-01").context["page"].name == "Bodin"


def test_a_unit_that_has_closed_says_so_and_shows_how_it_was(county, as_ada):
    closed = make_unit("Skjerstad", under=county.nordland, lived=Period(LONG_AGO, TURN))
    make_member("Per", of=closed, since=Period(LONG_AGO, TURN))
    UnitSuccession.objects.create(predecessor=closed, successor=county.bodo, on=TURN)
    assert not page(as_ada, closed).context["page"].is_there
    assert page(as_ada, closed, "?on=2019-06-01").context["page"].counts.members == 1


def test_a_unit_that_is_not_there_at_all_is_not_found(county, as_ada, client):
    assert as_ada.get("/organisation/units/00000000-0000-0000-0000-000000000000/").status_code == 404
    client.force_login(make_member("Ola", of=county.bodo))
    assert client.get(f"/organisation/units/{county.bodo.public_id}/").status_code == 404
