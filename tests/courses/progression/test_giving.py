"""What is given, renewed and ended, by the tables of docs/algorithms/renewal.md."""

import datetime as dt

import pytest

from courses.progression.giving import Step, decide
from tests.giving_read import told
from tests.rules_read import read_record, read_rule
from tests.tables import examples, shown

GIVEN = examples("renewal.md", "What is given and renewed")
GONE_ON = examples("renewal.md", "Levels that must be gone on from")
OLDER = examples("renewal.md", "A rule that ends older awards")


@pytest.mark.parametrize("example", GIVEN, ids=shown)
def test_a_level_is_given_and_renewed_as_the_page_says(example):
    words = (example[name] for name in ("months", "renewed by", "awards", "record", "on"))
    assert told(*words) == (example["what happens"], example["look again"])


@pytest.mark.parametrize("example", GONE_ON, ids=shown)
def test_a_level_that_must_be_gone_on_from_ends_as_the_page_says(example):
    seen = told("–", "–", example["awards"], example["record"], example["on"], within=example["must go on within"])
    assert seen == (example["what happens"], example["look again"])


@pytest.mark.parametrize("example", OLDER, ids=shown)
def test_older_awards_end_as_the_page_says(example):
    seen = told("48", "ways", example["awards"], example["record"], example["on"], ends=example["older awards end"])
    assert seen == (example["what happens"], example["look again"])


def step(level, required, renewal=None, **more):
    return Step(level, 1, 1, "", read_rule(required), read_rule(renewal) if renewal else None, **more)


def given(ladder, record, on="2026-07-01"):
    return [gift.step.level for gift in decide(ladder, read_record(record, on), {}).gifts]


def test_a_level_may_ask_for_one_that_stands_later_in_the_ladder():
    ladder = [step("high", "all(level(low))"), step("low", "all(course(a))")]
    assert given(ladder, "a 2026-01-01") == ["low", "high"]


def test_levels_of_several_tracks_come_in_one_evaluation():
    ladder = [
        step("teacher", "all(level(lead), course(t))"),
        step("lead", "all(level(base))"),
        step("base", "all(course(a))"),
    ]
    assert given(ladder, "a 2026-01-01; t 2026-01-01") == ["base", "lead", "teacher"]
    assert given(ladder, "t 2026-01-01") == []


def test_two_levels_that_ask_for_each_other_are_never_given():
    assert given([step("x", "all(level(y))"), step("y", "all(level(x))")], "a 2026-01-01") == []


def test_a_level_that_lasts_a_month_and_renews_itself_is_given_once_in_an_evaluation():
    ladder = [step("x", "all(hours(1, 48))", "all(hours(1, 48))", valid_months=1)]
    assert given(ladder, "hours 1 2026-06-01") == ["x"]


def test_an_evaluation_looks_again_when_time_in_office_will_be_enough():
    outcome = decide([step("x", "all(office(chair, 6))")], read_record("term chair 2026-03-01..", "2026-07-01"), {})
    assert (outcome.gifts, outcome.look_on) == ([], dt.date(2026, 9, 1))
