"""The ladder that Tillit brings: every lock of it can be said in one sentence, in three languages."""

import datetime as dt
import re

import pytest
from django.utils.translation import override

from courses.progression import rules
from courses.progression.engine import check
from courses.progression.explain import sentence
from courses.progression.loading import load_ladder
from courses.progression.record import HeldOffice, MemberRecord
from courses.progression.trees import ladder_on
from lms.competences.loading import load_framework

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 7, 1)
NOBODY = MemberRecord(1, DAY)


@pytest.fixture
def ladder(db):
    load_framework(by=None, since=dt.date(2025, 1, 1))
    load_ladder(by=None, since=dt.date(2025, 1, 1))
    return ladder_on(DAY)


def locks(step):
    """What stands at each lock of a level, and at the whole of it."""
    trees = [tree for tree in (step.required, step.renewal) if tree is not None]
    return [*trees, *(part for tree in trees for part in tree.parts)]


def said(ladder):
    return [sentence(check(rule, NOBODY)) for step in ladder for rule in locks(step)]


def test_every_lock_is_one_sentence_in_three_languages(ladder):
    told = {}
    for language in ("nb", "nn", "en"):
        with override(language):
            told[language] = said(ladder)
    for language, sentences in told.items():
        assert len(sentences) > 40
        for words in sentences:
            assert words.endswith("."), (language, words)
            assert not re.search(r"\. [A-ZÆØÅ]|%\(|\(\)|  |, ,|None", words), (language, words)
    for norwegian in told["nb"] + told["nn"]:
        assert not re.search(r"\b(You|need|complete|hold the|months|coming|instead|within)\b", norwegian), norwegian


def test_the_sentence_of_a_course_with_prior_learning_reads_well(ladder):
    first = ladder[0].required.parts[0]
    with override("nb"):
        assert sentence(check(first, NOBODY)) == (
            "Du trenger å fullføre Ny i styret (kommer), eller i stedet: realkompetanse (ha minst 24 måneder i et "
            "styreverv de siste 60 månedene og bestå Grunnprøven med minst 80 % (kommer))."
        )


def test_an_office_that_goes_on_says_when_it_will_be_enough(ladder):
    office = ladder[1].required.parts[1]
    begun = HeldOffice("treasurer", dt.date(2026, 4, 1), None, "board", "local", "term:1")
    finding = check(office, MemberRecord(1, DAY, offices=[begun]))
    assert finding.changes_on == dt.date(2026, 10, 1)
    with override("nb"):
        assert "kasserer" in sentence(finding)
        assert "av seg selv 1. oktober 2026" in sentence(finding)


def test_the_ladder_is_read_in_the_same_queries_whatever_it_holds(ladder, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        again = ladder_on(DAY + dt.timedelta(days=1))
    assert [step.level for step in again] == [step.level for step in ladder]
    assert [step.after for step in ladder][:3] == ["leadership.videre", "leadership.fordypning", ""]
    assert next(step for step in ladder if step.level == "instructor.assistent").lapses_unless_next_within == 18


def test_what_the_ladder_names_and_nobody_has_made_is_coming(ladder):
    def leaves(rule):
        match rule:
            case rules.AllOf() | rules.AnyOf():
                return [leaf for part in rule.parts for leaf in leaves(part)]
            case rules.Substitutable():
                return leaves(rule.rule)
            case _:
                return [rule]

    named = [leaf for step in ladder for leaf in leaves(step.required) if hasattr(leaf, "is_planned")]
    assert named
    assert all(leaf.is_planned for leaf in named)
