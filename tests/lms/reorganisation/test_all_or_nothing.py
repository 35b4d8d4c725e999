"""A job that breaks in the middle leaves nothing half done; two at once are one; followers come along and go back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from lms.jobs.models import Job
from lms.jobs.services import run_job
from lms.organisation import editing, following
from lms.organisation.access import Right, Role, units_with
from lms.organisation.following import Follower, Passage, Remember, register_follower
from lms.organisation.lineage import called_on
from lms.organisation.models import Membership, Unit
from lms.organisation.signals import unit_reorganised
from lms.periods import Period
from lms.reorganisation.applying import carry_out, restate_the_day, take_back
from lms.reorganisation.models import LedgerLine
from lms.reorganisation.tasks import request_apply
from tests.factories import organisation
from tests.lms.reorganisation.drafting import (
    KIND,
    ON,
    draft,
    make_member,
    merged,
    new_unit,
    people_in,
    row,
    whole_organisation,
)
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Iterator[Callable[..., None]]:
    """``room(apply=…)``: a room above that follows; gone again after the test."""
    known = dict(following._followers)

    def register(**parts) -> None:
        register_follower(Follower("test", "Test", preview=lambda passage: [], **parts))

    yield register
    following._followers.clear()
    following._followers.update(known)


@pytest.mark.postgres
def test_a_job_that_breaks_in_the_middle_changes_nothing(room: Callable[..., None]) -> None:
    nation, nordland, oslo, _ = organisation.make_tree()
    ada = make_member("Ada", of=nation)
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=nation)
    make_member(of=nordland)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    before = whole_organisation()

    def breaks(passage: Passage, remember: Remember) -> None:
        assert whole_organisation() != before
        raise RuntimeError("the power went")

    room(apply=breaks)
    job = request_apply(reorganisation=merger, by=ada)
    run_job(job_id=job.pk)
    assert whole_organisation() == before
    assert not LedgerLine.objects.exists()
    room()
    Job.objects.filter(pk=job.pk).update(due_at="2020-01-01T00:00Z")
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["moved"]) == ("done", 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_apply_at_once_apply_once() -> None:
    _, nordland, oslo, _ = organisation.make_tree()
    make_member(of=nordland)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    done = all_at_once(*[lambda: carry_out(reorganisation=merger, by=None) for _ in range(2)])
    assert sorted(one["edits"] > 0 for one in done) == [False, True]
    assert Membership.objects.count() == 2


def test_the_same_draft_asked_for_twice_is_one_job() -> None:
    nation, nordland, oslo, _ = organisation.make_tree()
    ada = make_member("Ada", of=nation)
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=nation)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    assert request_apply(reorganisation=merger, by=ada) == request_apply(reorganisation=merger, by=ada)


def test_a_room_above_follows_and_is_given_its_own_lines_back(room: Callable[..., None]) -> None:
    _, nordland, oslo, _ = organisation.make_tree()
    kari = make_member(of=nordland)
    given_back: list = []

    def moves(passage: Passage, remember: Remember) -> None:
        assert passage.heirs == {nordland.pk: [oslo.pk]}
        assert passage.people == {(nordland.pk, oslo.pk): (kari.pk,)}
        remember("plan", 7, {"unit": nordland.pk}, {"unit": oslo.pk})

    room(apply=moves, undo=given_back.extend)
    take_back(reorganisation=merged(nordland, into=oslo), by=None)
    assert given_back == [("plan", 7, {"unit": nordland.pk}, {"unit": oslo.pk})]


def test_it_is_announced_with_every_unit_touched() -> None:
    _, nordland, oslo, bodo = organisation.make_tree()
    heard: list = []

    def hear(sender: object, ids: list[int], on: dt.date, **_: object) -> None:
        heard.append((set(ids), on))

    unit_reorganised.connect(hear)
    merged(nordland, into=oslo)
    unit_reorganised.disconnect(hear)
    assert heard == [({nordland.pk, oslo.pk, bodo.pk}, ON)]


def test_one_planned_for_a_day_ahead_changes_nothing_before_it(set_today: Callable[[dt.date], None]) -> None:
    set_today(dt.date(2025, 11, 1))
    nation, nordland, oslo, _ = organisation.make_tree()
    kari, ada = make_member(of=nordland), make_member("Ada", of=nation)
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=nation)
    plan = draft()
    whole = new_unit(plan, "ny", under=nation, kind=Unit.Kind.COUNTY)
    row(plan, KIND.MERGE, nordland, target=whole)
    row(plan, KIND.RENAME, oslo, name="Hovedstaden")
    carry_out(reorganisation=plan, by=ada)
    whole.refresh_from_db()
    oslo.refresh_from_db()
    today, then = dt.date(2025, 11, 1), ON
    assert people_in(nordland, today) == people_in(whole.unit, then) == {kari.pk}
    assert oslo.name == "Oslo fylkeslag"
    assert called_on(then, [oslo])[oslo.pk][1] == "Hovedstaden"
    assert nordland in units_with(ada, Right.SEE_PEOPLE)
    assert whole.unit not in units_with(ada, Right.SEE_PEOPLE)
    set_today(then)
    assert restate_the_day(on=then) == {"names": 1, "begun": 1}
    oslo.refresh_from_db()
    assert oslo.name == "Hovedstaden"
    assert whole.unit in units_with(ada, Right.SEE_PEOPLE)


def test_the_files_of_a_closed_unit_are_kept_by_its_heir() -> None:
    _, nordland, oslo, _ = organisation.make_tree()
    own, other = editing.shelf_of(nordland), editing.shelf_of(oslo)
    assert not other.group.collection_permissions.filter(collection=own.collection).exists()
    merger = merged(nordland, into=oslo)
    assert other.group.collection_permissions.filter(collection=own.collection).exists()
    take_back(reorganisation=merger, by=None)
    assert not other.group.collection_permissions.filter(collection=own.collection).exists()


def test_a_later_reorganisation_must_be_undone_first() -> None:
    from lms.reorganisation.preview import why_not_undone

    nation, nordland, oslo, _ = organisation.make_tree()
    merger = draft(name="Først")
    whole = new_unit(merger, "ny", under=nation, kind=Unit.Kind.COUNTY)
    row(merger, KIND.MERGE, nordland, oslo, target=whole)
    carry_out(reorganisation=merger, by=None)
    whole.refresh_from_db()
    merger.refresh_from_db()
    later = draft(dt.date(2026, 2, 1), name="Siden")
    row(later, KIND.RENAME, whole.unit, name="Nytt navn")
    carry_out(reorganisation=later, by=None)
    (why,) = why_not_undone(merger)
    assert "Siden" in why
    take_back(reorganisation=later, by=None)
    assert not why_not_undone(merger)


def test_erasing_a_person_takes_their_lines_of_the_ledger_along() -> None:
    _, nordland, oslo, _ = organisation.make_tree()
    kari, ola = make_member(of=nordland), make_member("Ola", of=nordland)
    merger = merged(nordland, into=oslo)
    kari.delete()
    assert not LedgerLine.objects.filter(table="membership").exclude(member=ola).exists()
    take_back(reorganisation=merger, by=None)
    assert people_in(nordland, ON) == {ola.pk}
    assert Membership.objects.get().period == Period(organisation.LONG_AGO)
