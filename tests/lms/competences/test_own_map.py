"""One's own map: proven and own view apart, what the office needs, what comes next, and the drawing of it."""

import datetime as dt

import pytest
from django.utils import translation

from lms.competences.drawing import LEFT, RIGHT, Reached, bars, mean
from lms.competences.models import Evidence, OfficeNeed
from lms.competences.own import map_of, page_of
from lms.competences.person import competences_of
from lms.organisation.access import Role
from lms.periods import Period
from tests.factories.competences import make_competence, make_evidence, make_need
from tests.factories.organisation import DAY, make_appointment, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db
BUDGET, BOOKS, CHAIRING = "money.budget", "money.books", "meet.chairing"
SINCE = dt.date(2026, 1, 1)


@pytest.fixture
def tree(set_today):
    set_today(DAY)
    return make_tree()


@pytest.fixture
def kari(tree):
    kari = make_member(of=tree[3])
    make_term(kari, office="chair", unit=tree[3], period=Period(SINCE))
    for key, level in ((BUDGET, 2), (BOOKS, 3)):
        make_need(key, office="chair", level=level)
    make_competence(CHAIRING)
    return kari


def rows_of(member):
    return {row.key: row for area in map_of(member).areas for row in area.rows}


def test_proven_level_and_own_view_stand_apart(kari):
    make_evidence(kari, key=BUDGET, level=1)
    make_evidence(kari, kind=Evidence.Kind.SELF, key=BUDGET, level=4)
    row = rows_of(kari)[BUDGET]
    assert (row.level, row.own, row.proof.level) == (1, 4, 1)
    assert map_of(kari).drawing.bars[0].figure == "0,5"  # the mean of 1 and 0: own view is not in it


def test_the_next_step_says_what_by_when_and_how(kari):
    row = rows_of(kari)[BUDGET]
    assert (row.step.level, row.step.due, row.step.is_late) == (2, SINCE + dt.timedelta(days=365), False)
    assert rows_of(kari)[CHAIRING].step is None
    make_evidence(kari, key=BUDGET, level=2)
    assert rows_of(kari)[BUDGET].step is None


def test_what_is_due_first_comes_first(kari):
    make_need(CHAIRING, office="chair", level=2)
    OfficeNeed.objects.filter(competence__key=CHAIRING).update(is_urgent=True)
    first = map_of(kari).first
    assert first[0].key == CHAIRING and first[0].step.is_urgent and first[0].step.is_late


def test_the_page_of_one_shows_the_ladder_and_what_proves_it(kari):
    giver = make_member("Leder Fylke")
    make_evidence(kari, kind="attestation", key=BUDGET, level=2, given_by_id=giver.pk, given_as=["chair_parent_unit"])
    make_evidence(kari, kind=Evidence.Kind.SELF, key=BUDGET, level=3)
    with translation.override("en"):
        page = page_of(kari, BUDGET)
        assert len(page.ladder) == 5 and [line.level_name for line in page.said]
        (line,) = page.lines
        assert (line.giver, line.standing) == ("Leder Fylke", "Chair of a unit above")


def test_the_map_takes_as_many_queries_for_much_as_for_little(kari, django_assert_max_num_queries):
    for number in range(12):
        make_evidence(kari, key=f"a.{number}", level=1)
        make_need(f"a.{number}", office="chair", level=2)
    map_of(kari)
    with django_assert_max_num_queries(6):
        map_of(kari)
    with django_assert_max_num_queries(6):
        page_of(kari, BUDGET)


def test_the_page_of_a_person_shows_what_is_proven_to_whoever_may_see_them(kari, tree):
    make_evidence(kari, key=BUDGET, level=2)
    make_evidence(kari, kind=Evidence.Kind.SELF, key=CHAIRING, level=4)
    ada, beside = make_member("Ada", of=tree[1]), make_member("Nabo", of=tree[2])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    make_appointment(beside, Role.ADMINISTRATOR, unit=tree[2])
    shown = competences_of(kari, ada, DAY)
    assert [[title for title, _ in rows] for _, rows in shown["areas"]] == [[BUDGET]] and shown["may_vouch"]
    assert competences_of(kari, beside, DAY) is None


def test_the_pages_open_and_a_competence_nobody_has_does_not_exist(kari, client):
    make_evidence(kari, key=BUDGET, level=2)
    client.force_login(kari)
    assert client.get("/competences/").status_code == 200
    assert client.get(f"/competences/one/{BUDGET}/").status_code == 200
    assert client.get("/competences/one/no.such/").status_code == 404


def test_without_a_framework_the_page_says_so(db, client):
    client.force_login(make_member())
    assert client.get("/competences/").status_code == 200
    assert client.get("/competences/map/").status_code == 200


# ---- the drawing -----------------------------------------------------------------------------
def test_a_bar_is_as_long_as_the_mean_and_never_leaves_the_drawing():
    drawn = bars([Reached("a", 2.0, 3.0), Reached("b", 9.0), Reached("c", 0.0, 0.0)])
    span = RIGHT - LEFT
    assert [bar.width for bar in drawn.bars] == [span / 2, span, 0]
    assert drawn.bars[0].mark == LEFT + span * 3 / 4 and drawn.bars[1].mark is None
    assert drawn.height == 3 * 52 and len(drawn.ticks) == 3


def test_figures_are_written_the_readers_way():
    assert bars([Reached("a", 2.5)]).bars[0].figure == "2,5"
    assert bars([Reached("a", 2.5)], comma=False).bars[0].figure == "2.5"
    assert mean([]) == 0 and mean([1, 2]) == 1.5
