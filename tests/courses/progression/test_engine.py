"""The engine, by the tables of docs/algorithms/levels.md."""

import datetime as dt
import re

import pytest
from django.utils.translation import override

from courses.progression.engine import add_months, check
from courses.progression.explain import sentence
from courses.progression.record import MemberRecord
from tests.rules_read import day, read_record, read_rule, written
from tests.tables import examples, shown

FOUND = examples("levels.md", "What the engine finds")
SENTENCES = examples("levels.md", "In one sentence")
BY_TIME = [
    example
    for heading in (
        "Offices",
        "Competences and levels",
        "Sessions, practice, hours and attestations",
        "Waivers and alternatives",
        "Several together",
    )
    for example in examples("levels.md", heading)
]


def found(example):
    """What the engine finds for a row."""
    return check(read_rule(example["rule"]), read_record(example["record"], example["on"]))


def told(on):
    return on.isoformat() if on else "–"


@pytest.mark.parametrize("example", BY_TIME, ids=shown)
def test_the_engine_knows_since_when_and_until_when(example):
    finding = found(example)
    seen = (finding.state, told(finding.since), told(finding.until), told(finding.changes_on))
    assert seen == (example["state"], example["since"], example["until"], example["changes on"])


@pytest.mark.parametrize("example", BY_TIME, ids=shown)
def test_what_is_said_of_days_to_come_comes_true(example):
    finding = found(example)
    rule, later = read_rule(example["rule"]), finding.until or finding.changes_on
    is_whole = finding.is_met or not example["rule"].startswith("all")  # of "all", a part changes and not yet the whole
    if later is not None and is_whole:
        assert later > day(example["on"])
        assert check(rule, read_record(example["record"], later.isoformat())).is_met is not finding.is_met
        before = later - dt.timedelta(days=1)
        assert check(rule, read_record(example["record"], before.isoformat())).is_met is finding.is_met


def test_there_are_enough_examples():
    rows = len(FOUND) + len(BY_TIME) + len(SENTENCES) + len(examples("levels.md", "How long it lasts"))
    assert rows >= 150


@pytest.mark.parametrize("example", FOUND, ids=shown)
def test_the_engine_finds_what_the_page_says(example):
    finding = found(example)
    since = f"{finding.since:%m-%d}" if finding.since else "–"
    missing = " ".join(written(part.rule) for part in finding.missing) or "–"
    seen = (finding.state, since, " ".join(finding.facts) or "–", missing)
    assert seen == (example["state"], example["since"], example["facts"], example["missing"])


@pytest.mark.parametrize("example", FOUND + BY_TIME, ids=shown)
def test_what_is_met_was_met_by_a_day_that_is_not_to_come(example):
    finding = found(example)
    assert finding.since is None or finding.since <= day(example["on"])
    assert finding.is_met or not finding.facts


@pytest.mark.parametrize("example", examples("levels.md", "How long it lasts"), ids=shown)
def test_an_award_lapses_on_the_day_the_page_says(example):
    lapses = add_months(dt.date.fromisoformat(example["awarded"]), int(example["months"]))
    assert lapses.isoformat() == example["lapses"]


def test_months_go_by_one_by_one_without_skipping_any():
    days = [add_months(dt.date(2023, 12, 31), n) for n in range(600)]
    assert [(d.year * 12 + d.month) for d in days] == list(range(2023 * 12 + 12, 2023 * 12 + 612))
    assert all((day + dt.timedelta(days=1)).day == 1 for day in days)


@pytest.mark.parametrize("example", SENTENCES, ids=shown)
def test_a_finding_is_one_sentence(example):
    with override("en"):
        assert sentence(found(example)) == example["sentence"]


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("example", SENTENCES, ids=shown)
def test_a_finding_is_one_sentence_in_norwegian_too(example, language):
    finding = found(example)
    with override(language):
        said = sentence(finding)
    assert said.endswith(".")
    assert not re.search(r"\b(You|need|complete|pass|done|March|these|and|hold|reach|months|waived|coming)\b", said)
    assert set(re.findall(r"\b[A-Z]\b", example["sentence"])) == set(re.findall(r"\b[A-Z]\b", said))


def test_a_rule_nobody_knows_is_refused():
    with pytest.raises(TypeError, match="no such rule"):
        check("everything", MemberRecord(1, day("04-01")))
