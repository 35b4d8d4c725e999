"""Adopting: looked over first, by a decision, from a day; nobody loses anything but by the decision itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.progression.models import Award, LevelRule
from courses.tracks.adopting import adopt_rule
from courses.tracks.drafting import change_draft
from courses.tracks.previewing import ask_preview
from lms.audit.models import Entry
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.periods import today
from tests.courses.tracks.drafts import LONG_AGO, chief_of, completed, draft_with, looked_over, made_course, rule_with
from tests.factories import courses, organisation

pytestmark = pytest.mark.django_db
DECISION = "Landsstyret 14. oktober 2026, sak 31"


@pytest.fixture
def world():
    nation, *_ = organisation.make_tree()
    chief, rule = chief_of(nation), rule_with("gammelt")
    return nation, chief, rule


def test_the_old_rule_ends_the_day_the_new_one_begins_and_those_who_meet_it_get_the_level(world):
    nation, chief, rule = world
    member = organisation.make_member("Ny", of=nation)
    completed(member, made_course("nytt"))
    draft = draft_with("nytt", by=chief)
    preview = looked_over(draft, chief)
    adopt_rule(rule=draft, preview=preview, decision=DECISION, valid_from=today(), by=chief)
    rule.refresh_from_db()
    draft.refresh_from_db()
    assert rule.valid_until == draft.valid_from == today()
    assert draft.adopted_by == chief
    run_waiting()
    assert Award.objects.get(member=member).rule == draft
    assert Entry.objects.filter(act="adopt_rule", details__gains=1).exists()


def test_who_holds_the_level_by_the_old_rule_keeps_it(world):
    nation, chief, rule = world
    award = courses.make_award(organisation.make_member("Gammel", of=nation), rule=rule)
    draft = draft_with("nytt", by=chief)
    adopt_rule(rule=draft, preview=looked_over(draft, chief), decision=DECISION, valid_from=today(), by=chief)
    run_waiting()
    assert list(Award.objects.valid_on(today())) == [award]
    assert award.rule == rule


def test_a_draft_that_was_not_looked_over_or_changed_since_is_not_adopted(world):
    _, chief, _ = world
    draft = draft_with("nytt", by=chief)
    unfinished = ask_preview(rule=draft, by=chief)
    with pytest.raises(ValidationError):
        adopt_rule(rule=draft, preview=unfinished, decision=DECISION, valid_from=today(), by=chief)
    preview = looked_over(draft, chief)
    change_draft(rule=draft, valid_months=12, by=chief)
    with pytest.raises(ValidationError):
        adopt_rule(rule=draft, preview=preview, decision=DECISION, valid_from=today(), by=chief)
    assert LevelRule.objects.get(pk=draft.pk).adopted_at is None


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("decision", {"decision": "  "}),
        ("valid_from", {"valid_from": LONG_AGO}),
        ("ends_older_on", {"ends_older_on": dt.date(2020, 1, 1)}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world, field, terms):
    _, chief, _ = world
    draft = draft_with("nytt", by=chief)
    given = {"decision": DECISION, "valid_from": today(), "ends_older_on": None} | terms
    with pytest.raises(ValidationError) as refused:
        adopt_rule(rule=draft, preview=looked_over(draft, chief), **given, by=chief)
    assert set(refused.value.message_dict) == {field}


def test_a_rule_from_a_day_ahead_evaluates_nobody_before_that_day(world):
    _, chief, rule = world
    draft = draft_with("nytt", by=chief)
    ahead = today() + dt.timedelta(days=10)
    adopt_rule(rule=draft, preview=looked_over(draft, chief), decision=DECISION, valid_from=ahead, by=chief)
    assert not Job.objects.filter(kind="adopted_rule").exists()
    rule.refresh_from_db()
    assert rule.valid_until == ahead


def test_a_county_administrator_adopts_nothing(world):
    _, chief, _ = world
    draft = draft_with("nytt", by=chief)
    preview = looked_over(draft, chief)
    county = organisation.make_tree()[1]
    ada = organisation.make_member("Ada", of=county)
    organisation.make_appointment(ada, "administrator", unit=county)
    with pytest.raises(PermissionDenied):
        adopt_rule(rule=draft, preview=preview, decision=DECISION, valid_from=today(), by=ada)


def test_adopting_twice_is_refused(world):
    _, chief, _ = world
    draft = draft_with("nytt", by=chief)
    preview = looked_over(draft, chief)
    adopt_rule(rule=draft, preview=preview, decision=DECISION, valid_from=today(), by=chief)
    with pytest.raises(ValidationError):
        adopt_rule(rule=draft, preview=preview, decision=DECISION, valid_from=today(), by=chief)
