"""Many at once and one at a time come to the same."""

import datetime as dt

import pytest
from django.utils import timezone

from courses.progression.gathering import gather
from courses.progression.giving import decide
from courses.progression.models import Award, AwardEnding, NextLook
from courses.progression.services import evaluate
from courses.progression.trees import ladder_on
from lms.members.models import Member
from tests.factories.facts import make_facts, make_things, make_twelve

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 14)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 3, 14, 12, tzinfo=dt.UTC))


@pytest.mark.parametrize("people", [60, pytest.param(10_000, marks=pytest.mark.slow)])
def test_records_and_outcomes_agree_for_random_people(people):
    things = make_things()
    make_twelve(things)
    Member.objects.bulk_create([Member(name=f"Medlem {n}", password="!") for n in range(people)])
    members = list(Member.objects.order_by("pk"))
    make_facts(things, members, seed=people, until=DAY, share=0.85)
    evaluate(member_ids=[member.pk for member in members], on=dt.date(2025, 1, 1))
    ids, ladder = [member.pk for member in members], ladder_on(DAY)
    together = gather(ids, on=DAY)
    for pk in ids:
        alone = gather([pk], on=DAY)[pk]
        assert alone == together[pk]
        assert decide(ladder, alone.record, alone.given) == decide(ladder, together[pk].record, together[pk].given)


def state():
    """All that an evaluation writes."""
    looks = set(NextLook.objects.values_list("member", "on"))
    awards = set(Award.objects.values_list("member", "level", "awarded_on", "valid_until", "origin"))
    return looks, awards, set(AwardEnding.objects.values_list("award__member", "on"))


def test_what_is_written_is_the_same_and_is_written_once():
    things = make_things()
    make_twelve(things)
    Member.objects.bulk_create([Member(name=f"Medlem {n}", password="!") for n in range(40)])
    members = list(Member.objects.order_by("pk"))
    make_facts(things, members, seed=7, until=DAY, share=0.95)
    ids = [member.pk for member in members]
    evaluate(member_ids=ids)
    bulk = state()
    assert bulk[1], "nobody was given anything: the example says nothing"
    evaluate(member_ids=ids)
    assert state() == bulk
    Award.objects.all().delete()
    NextLook.objects.all().delete()
    for pk in ids:
        evaluate(member_ids=[pk])
    assert state() == bulk
