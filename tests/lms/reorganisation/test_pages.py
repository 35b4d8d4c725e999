"""The pages of a reorganisation: drafted, looked over, applied, undone; and the report over time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from lms.audit.models import Sighting
from lms.jobs.models import Job
from lms.jobs.services import run_job
from lms.members.models import Member
from lms.organisation.access import Right, Role, units_with
from lms.organisation.models import Delegation, Unit
from lms.reorganisation.models import Reorganisation
from lms.reorganisation.queries import rows_of
from lms.reorganisation.services import add_change, draft_reorganisation
from tests.factories import organisation
from tests.lms.reorganisation.drafting import KIND, draft, make_member, make_unit, merged, new_unit, people_in, row

pytestmark = pytest.mark.django_db
HOME = "/organisation/changes/"


@pytest.fixture
def tree() -> tuple[Unit, ...]:
    return organisation.make_tree()


@pytest.fixture
def ada(tree: tuple[Unit, ...]) -> Member:
    """She administers the whole country."""
    ada = make_member("Ada Berg", of=tree[0], email="ada@example.org", password="et-langt-passord")
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=tree[0])
    return ada


@pytest.fixture
def signed_in(client: Client, ada: Member) -> Client:
    client.force_login(ada)
    return client


def of(row_: Reorganisation, rest: str = "") -> str:
    return f"{HOME}{row_.public_id}/{rest}"


def test_a_merger_is_written_looked_over_applied_and_undone(signed_in: Client, tree: tuple[Unit, ...]) -> None:
    nation, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    answer = signed_in.post(f"{HOME}new/", {"name": "Nord og Oslo", "on": "2026-01-01", "decision": "Landsmøtet"})
    made = Reorganisation.objects.get()
    assert answer["Location"] == of(made)
    told = {
        "units": [nordland.public_id, oslo.public_id], "target": "new", "new_code": "99", "new_name": "Nordoslo",
        "new_parent": nation.public_id,
    }  # fmt: skip
    assert signed_in.post(of(made, "add/merge/"), told).status_code == 302
    assert "Nordoslo" in signed_in.get(of(made, "preview/")).content.decode()
    answer = signed_in.post(of(made, "apply/"))
    run_job(job_id=Job.objects.get(kind="apply_reorganisation").pk)
    assert answer["Location"] == f"/jobs/{Job.objects.get(kind='apply_reorganisation').public_id}/"
    assert people_in(Unit.objects.get(code="99"), dt.date(2026, 1, 1)) == {kari.pk}
    assert signed_in.post(of(made, "undo/")).status_code == 302
    run_job(job_id=Job.objects.get(kind="undo_reorganisation").pk)
    assert not Unit.objects.filter(code="99").exists()
    made.refresh_from_db()
    assert made.state == "undone"


def test_what_is_wrong_is_said_first_and_cannot_be_applied(signed_in: Client, tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    make_member(of=nordland)
    split = draft()
    row(split, KIND.SPLIT, nordland, target=oslo, postal_codes="9000")
    page = signed_in.get(of(split, "preview/")).content.decode()
    assert "har ingen plass" in page or "nowhere to go" in page
    assert "/apply/" not in page
    signed_in.post(of(split, "apply/"))
    run_job(job_id=Job.objects.get(kind="apply_reorganisation").pk)
    assert Job.objects.get().result == {"refused": 1}


def test_a_person_without_a_place_is_placed_by_hand(signed_in: Client, tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, bodo = tree
    kari = make_member(of=nordland)
    split = draft()
    (change,) = row(split, KIND.SPLIT, nordland, target=oslo, postal_codes="9000", municipalities=[bodo])
    page = signed_in.get(of(split, "people/"))
    assert "Kari Nordmann" in page.content.decode()
    signed_in.post(of(split, "people/"), {f"person-{kari.public_id}": change.pk})
    assert change.by_hand.get().member == kari
    assert "/apply/" in signed_in.get(of(split, "preview/")).content.decode()


def test_a_board_is_let_go_on_from_the_preview(signed_in: Client, tree: tuple[Unit, ...]) -> None:
    nation, nordland, oslo, _ = tree
    term = organisation.make_term(make_member(of=nordland), unit=nordland)
    merger = draft()
    whole = new_unit(merger, "n1", under=nation, kind=Unit.Kind.COUNTY)
    row(merger, KIND.MERGE, nordland, oslo, target=whole)
    assert "Kari Nordmann" in signed_in.get(of(merger, "preview/")).content.decode()
    signed_in.post(of(merger, "bodies/"), {f"body-{term.body.public_id}": f"new-{whole.pk}"})
    choice = merger.body_choices.get()
    assert choice.goes_on
    assert choice.target_new == whole
    assert "Kari Nordmann" not in signed_in.get(of(merger, "preview/")).content.decode()


def test_one_who_holds_only_one_of_the_counties_finds_no_such_page(client: Client, tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    eva = make_member("Eva")
    organisation.make_appointment(eva, Role.ADMINISTRATOR, unit=nordland)
    client.force_login(eva)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    assert client.get(of(merger)).status_code == 404
    assert client.get(of(merger, "preview/")).status_code == 404
    assert str(merger.public_id) not in client.get(HOME).content.decode()


def test_a_unit_of_others_cannot_be_written_into_a_row(client: Client, tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    eva = make_member("Eva")
    organisation.make_appointment(eva, Role.ADMINISTRATOR, unit=nordland)
    client.force_login(eva)
    client.post(f"{HOME}new/", {"name": "Min", "on": "2026-01-01"})
    mine = Reorganisation.objects.get()
    answer = client.post(of(mine, "add/merge/"), {"units": [nordland.public_id], "target": oslo.public_id})
    assert answer.status_code == 200
    assert not mine.changes.exists()


def test_the_right_to_reorganise_alone_does_not_bring_a_training_officer_more_people(
    client: Client, tree: tuple[Unit, ...], ada: Member
) -> None:
    _, nordland, oslo, _ = tree
    tora = make_member("Tora", of=nordland)
    term = organisation.make_term(tora, office="training", unit=nordland)
    day = dt.date(2030, 1, 1)
    for unit in (nordland, oslo):
        Delegation.objects.create(
            member=tora, giver=ada, right=Right.REORGANISE, unit=unit, valid_from=organisation.LONG_AGO,
            valid_until=day,
        )  # fmt: skip
    mine = draft_reorganisation(name="Min", on=dt.date(2026, 1, 1), by=tora)
    with pytest.raises(PermissionDenied):
        add_change(reorganisation=mine, kind=KIND.MERGE, units=[oslo], target=nordland, by=tora)
    row(mine, KIND.MERGE, oslo, target=nordland)
    client.force_login(tora)
    assert client.post(of(mine, "apply/")).status_code == 404
    assert set(units_with(tora, Right.SEE_PEOPLE)) == {nordland, tree[3]}
    assert term.valid_until is None


def test_those_who_administer_nothing_find_nothing(client: Client, tree: tuple[Unit, ...]) -> None:
    client.force_login(make_member(of=tree[1]))
    for address in (HOME, f"{HOME}new/", f"{HOME}report/", f"{HOME}report.csv"):
        assert client.get(address).status_code in (302, 404), address


def test_the_list_of_those_who_move_is_kept_in_the_trail(signed_in: Client, tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    make_member("=2+2", of=nordland)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    signed_in.post("/accounts/reauthenticate/", {"password": "et-langt-passord"})
    answer = signed_in.get(of(merger, "people.csv"))
    assert "2+2" in answer.content.decode("utf-8-sig")
    assert Sighting.objects.get(act="exported").page == "reorganisation_people"


def test_the_report_shows_the_same_people_in_the_counties_of_then_and_now(
    signed_in: Client, tree: tuple[Unit, ...], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _, nordland, oslo, bodo = tree
    for name in ("A", "B", "C"):
        make_member(name, of=bodo)
    merged(nordland, into=oslo)
    with django_assert_max_num_queries(30):
        page = signed_in.get(f"{HOME}report/?on=2025-12-31").content.decode()
    assert "Nordland fylkeslag · 3" in page
    assert "Oslo fylkeslag · 3" in page


def test_a_county_sees_in_the_report_only_those_who_are_theirs_now(client: Client, tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, bodo = tree
    make_member(of=oslo)
    eva = make_member("Eva", of=bodo)
    organisation.make_appointment(eva, Role.ADMINISTRATOR, unit=nordland)
    client.force_login(eva)
    page = client.get(f"{HOME}report/?on=2025-12-31").content.decode()
    assert "<b>Nordland fylkeslag</b>" in page
    assert "Oslo" not in page


def test_a_report_in_which_nothing_changed_is_a_sentence_and_not_a_drawing(
    signed_in: Client, tree: tuple[Unit, ...]
) -> None:
    _, nordland, oslo, bodo = tree
    make_member(of=bodo)
    assert "t-flows" not in signed_in.get(f"{HOME}report/?on=2025-12-31").content.decode()
    merged(nordland, into=oslo)
    assert "t-flows" in signed_in.get(f"{HOME}report/?on=2025-12-31").content.decode()


def test_a_draft_says_the_number_of_a_unit_only_where_two_have_its_name(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, bodo = tree
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    row(merger, KIND.MERGE, bodo, target=new_unit(merger, "77", under=oslo))
    with override("en"):
        assert [one.text for one in rows_of(merger)][1] == "Bodø becomes part of Ny 77 (new)"
        other = make_unit(bodo.name, under=oslo)
        row(merger, KIND.RENAME, other, name="Ny 77")
        texts = [one.text for one in rows_of(merger)]
    assert texts[1:] == [f"Bodø ({bodo.code}) becomes part of Ny 77 (new)", f"Bodø ({other.code}) is called Ny 77"]


def test_a_new_number_is_called_a_number(tree: tuple[Unit, ...]) -> None:
    merger = draft()
    row(merger, KIND.RENAME, tree[3], code="9917")
    with override("en"):
        assert [one.text for one in rows_of(merger)] == [f"{tree[3].name} gets number 9917"]


def test_the_preview_asks_the_database_as_often_for_many_people_as_for_few(
    signed_in: Client, tree: tuple[Unit, ...], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _, nordland, oslo, _ = tree
    for number in range(30):
        organisation.make_term(make_member(f"M {number}", of=nordland), unit=nordland)
        make_unit(f"Lag {number}", under=nordland)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    with django_assert_max_num_queries(60):
        signed_in.get(of(merger, "preview/"))
