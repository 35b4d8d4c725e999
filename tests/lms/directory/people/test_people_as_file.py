"""The list as a file: what was narrowed to, text that stays text, confirmed lately, and written down."""

from __future__ import annotations

import io

import pytest

from lms.audit.models import Sighting, SightingOf
from lms.sheets import read_sheet
from tests.factories.organisation import make_member, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def rows(client, kind="csv", query=""):
    answer = client.get(f"/organisation/people/people.{kind}{query}")
    assert answer.status_code == 200
    return [row.cells for row in read_sheet(io.BytesIO(answer.content), f"x.{kind}").rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_everybody_in_the_list_and_nobody_of_another_county(county, as_ada, kind):
    ola = make_member("Ola Vik", of=county.bodo, member_number="0012", email="ola@example.org", birth_year=1987)
    make_term(ola, office="chair", unit=county.bodo)
    make_member("Kari Frogner", of=county.frogner)
    found = rows(as_ada, kind)
    assert [row[1] for row in found] == ["Ada Lund", "Ola Vik"]
    assert found[1][0] == "0012" and found[1][2:4] == ["ola@example.org", "Bodø"] and found[1][7] == "1987"


def test_the_file_is_narrowed_as_the_list_is(county, as_ada):
    make_member("Ola Vik", of=county.bodo)
    assert [row[1] for row in rows(as_ada, query="?name=ola&order=name-backwards")] == ["Ola Vik"]


def test_a_name_that_looks_like_a_formula_is_text(county, as_ada):
    make_member("=cmd|'/c calc'!A1", of=county.bodo)
    assert "'=cmd|'/c calc'!A1" in [row[1] for row in rows(as_ada)]


def test_everybody_in_it_is_written_down_as_exported(county, as_ada):
    ola = make_member("Ola Vik", of=county.bodo)
    rows(as_ada)
    sighting = Sighting.objects.get()
    assert (sighting.act, sighting.page) == ("exported", "member_list")
    assert list(SightingOf.objects.values_list("subject", flat=True)) == [ola.public_id]


def test_who_has_not_confirmed_lately_is_asked_to_and_nothing_is_exported(county, as_ada, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert as_ada.get("/organisation/people/people.csv").status_code == 302
    assert not Sighting.objects.exists()


def test_there_is_no_other_kind_of_file_and_none_for_those_who_see_nobody(county, as_ada, client):
    assert as_ada.get("/organisation/people/people.pdf").status_code == 404
    client.force_login(make_member("Ola", of=county.bodo))
    assert client.get("/organisation/people/people.csv").status_code == 404
