"""The page of a person shows an administrator the levels and certificates of those within reach."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from certificates.queries import Verdict
from courses.progression.models import Award, AwardEnding, Extension
from courses.reports.person import learning_of
from lms.organisation.access import Role
from tests.factories import courses
from tests.factories.organisation import make_appointment, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def ada(tree):
    ada = make_member("Ada", of=tree[1])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    return ada


def test_levels_and_certificates_are_shown_with_what_they_are_worth(tree, ada):
    kari = make_member(of=tree[3])
    courses.make_award(kari, origin=Award.Origin.RECORDED)
    courses.make_credential(kari, awarded_on=dt.date(2020, 1, 1), valid_until=dt.date(2024, 1, 1))
    shown = learning_of(kari, ada, TODAY)
    assert [line.award.level.key for line in shown["levels"]] == [courses.GRUNN]
    assert [line.verdict for line in shown["certificates"]] == [Verdict.EXPIRED]


def test_there_is_no_such_part_for_one_who_has_learnt_nothing_here(tree, ada):
    assert learning_of(make_member(of=tree[3]), ada, TODAY) is None


def test_nobody_elses_learning_is_shown(tree, ada):
    fred = make_member(of=tree[2])
    courses.make_award(fred, origin=Award.Origin.RECORDED)
    assert learning_of(fred, ada, TODAY) is None


def test_the_page_of_a_person_shows_it(tree, ada, client):
    kari = make_member(of=tree[3])
    make_term(kari, unit=tree[3])
    courses.make_award(kari, origin=Award.Origin.RECORDED)
    client.force_login(ada)
    answer = client.get(f"/organisation/people/{kari.public_id}/")
    assert [part.template for part in answer.context["page"].sections if part.template.startswith("courses/reports")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"valid_until": dt.date(2027, 1, 1)}, (dt.date(2027, 1, 1), False)),
        ({"valid_until": dt.date(2026, 11, 24)}, (dt.date(2026, 11, 24), True)),
        ({}, (None, False)),
    ],
)
def test_a_level_says_until_when_and_whether_it_has_lapsed(tree, ada, fields, said):
    kari = make_member(of=tree[3])
    courses.make_award(kari, **fields)
    (line,) = learning_of(kari, ada, TODAY)["levels"]
    assert (line.until, line.is_lapsed) == said


def test_one_that_was_renewed_says_both_days(tree, ada):
    kari = make_member(of=tree[3])
    first = courses.make_award(kari, on=dt.date(2022, 1, 1), valid_until=dt.date(2026, 1, 1))
    courses.make_award(kari, on=dt.date(2025, 12, 1), valid_until=dt.date(2030, 1, 1), origin=Award.Origin.RENEWED)
    (line,) = learning_of(kari, ada, TODAY)["levels"]
    assert (line.reached, line.renewed, line.until) == (first.awarded_on, dt.date(2025, 12, 1), dt.date(2030, 1, 1))


def test_what_a_decision_ended_says_so_and_an_undone_extension_says_nothing(tree, ada):
    kari = make_member(of=tree[3])
    award = courses.make_award(kari, valid_until=dt.date(2030, 1, 1))
    AwardEnding.objects.create(award=award, on=dt.date(2026, 6, 1), decision="Ny regel")
    undone = Extension.objects.create(
        level=award.level, unit=tree[3], decision="Sak 1", lapsing_from=TODAY, lapsing_until=TODAY,
        until=dt.date(2035, 1, 1), undone_at=timezone.now(),
    )  # fmt: skip
    courses.make_award(kari, on=TODAY, valid_until=undone.until, extension=undone, origin=Award.Origin.EXTENDED)
    (line,) = learning_of(kari, ada, TODAY)["levels"]
    assert (line.until, line.is_ended, line.is_lapsed, line.decision) == (dt.date(2026, 6, 1), True, True, "Ny regel")
