"""A chair over four years: elected, a plan, the first course, a level; elected again; renewed; the next level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from assessments.attempts.models import Paper
from courses.catalogue.models import CoursePage
from courses.curriculum.models import Course
from courses.curriculum.services import found_course, publish_outline
from courses.planning.models import CompetencePlan, Goal
from courses.progression.models import Award
from courses.tracks.defaults import load_defaults
from lms.competences.models import Competence
from lms.competences.services import NewEvidence, record_evidence
from lms.jobs.daily import request_daily
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.organisation.models import Body
from lms.organisation.services import begin_term
from lms.pages.templatetags.tillit import long_date
from lms.periods import Period, add_months
from tests.factories.courses import (
    GRUNN,
    answer_key,
    finish,
    make_course_pages,
    make_paper,
    planned,
    quiz_block,
    text_block,
)
from tests.factories.organisation import make_body, make_member, make_office, make_term, make_tree, make_unit

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
VIDERE = "leadership.videre"
ELECTED = dt.date(2027, 2, 20)
FIRST_EVENING = dt.date(2027, 3, 1)
AGAIN = dt.date(2029, 2, 20)
LATE_AUTUMN = dt.date(2030, 12, 2)
LAPSES = add_months(FIRST_EVENING, 48)
PHONE = {"width": 390, "height": 844}
Opener = Callable[..., "Page"]
Clock = Callable[[dt.date], None]


@pytest.fixture
def move_to(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """``move_to(day)``: it is ten in the morning of that day, and what that day does by itself has been done."""
    now = timezone.now

    def move(day: dt.date) -> None:
        ten = dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone())
        ahead = ten - now()
        monkeypatch.setattr(timezone, "now", lambda: now() + ahead)
        request_daily()
        run_waiting()

    return move


@pytest.fixture
def board(transactional_db: None, move_to: Clock) -> Body:
    """The board of a branch; the framework, the ladder and the plans that Tillit brings hold since a year ago."""
    load_defaults(by=None, since=add_months(ELECTED, -12))
    _nation, nordland, *_ = make_tree()
    make_term(make_member("Inga Sørvær", of=nordland), office="chair", unit=nordland)
    move_to(ELECTED)
    return make_body(make_unit("Bodø lag", under=nordland, kind="local"))


@pytest.fixture
def kari(board: Body) -> Member:
    return make_member("Kari Lyngmo", of=board.unit, email="kari@example.org", password=PASSWORD)


# ---- what the world does -------------------------------------------------------------------
def elect(kari: Member, board: Body, start: dt.date) -> None:
    """The annual meeting elects her chair for two years."""
    period = Period(start, add_months(start, 24))
    begin_term(member=kari, office=make_office("chair"), body=board, period=period, election="Årsmøtet", by=None)


def build(key: str, title: str, paper: str = "") -> CoursePage:
    """Somebody makes a course that was planned: one lesson, and a test where it ends with one."""
    ends_with = {"paper": make_paper(2, key=paper)} if paper else {}
    return make_course_pages([[text_block(), quiz_block()]], slug=key, title=title, **ends_with)


def complete(key: str, kari: Member) -> None:
    """She was on a course whose pages are no part of this story."""
    there = Course.objects.get(key=key)
    course = found_course(title=there.title["nb"], language="nb", key=key, by=None)
    publish_outline(course=course, title=course.title, lessons=[planned()], by=None)
    finish(course, kari)


def vouched(kari: Member, about: str, **more: Any) -> NewEvidence:
    inga = Member.objects.get(name="Inga Sørvær")
    return NewEvidence(
        kari.pk, "attestation", f"attestation:{about}", LATE_AUTUMN, about=about, given_by_id=inga.pk,
        given_as=("chair_parent_unit",), **more,
    )  # fmt: skip


def grow(kari: Member) -> None:
    """Courses, a gathering, and people who have seen her lead: all of the intermediate level but its test."""
    for key in ("arsmotet-i-praksis", "okonomi-for-styret", "medlemmer-som-blir"):
        complete(key, kari)
    privacy = Competence.objects.get(key="care.privacy")
    gathering = NewEvidence(
        kari.pk, "session", "session:samling", LATE_AUTUMN, subject="session:samling-videre", share=80, hours=6
    )
    seen = vouched(kari, "care.privacy", competence_id=privacy.pk, level=2)
    record_evidence(rows=[gathering, seen, vouched(kari, "praksisoppgave-videre")], by=None)


# ---- what she does and reads ---------------------------------------------------------------
def words(msgid: str, **told: Any) -> str:
    """What the page says in bokmål; days are written out."""
    with override("nb"):
        days = {name: long_date(one) if isinstance(one, dt.date) else one for name, one in told.items()}
        return gettext(msgid) % days if days else gettext(msgid)


def sign_in(tab: Page) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", "kari@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def take_lesson(tab: Page, page: CoursePage) -> None:
    """From the page of a course: join it, read its one lesson, answer its question."""
    tab.wait_for_url(f"**{page.url}")
    tab.click("form[action*='/enrol/'] button")
    form = tab.locator("form.t-qbox").first
    form.get_by_label("Rett").check()
    form.get_by_role("button").click()
    tab.click("form[action*='/finish/'] button")


def take_test(tab: Page, key: str, paper: str) -> None:
    """Answer every question of the test of a course right."""
    tab.goto(f"/learn/{key}/test/")
    tab.click("main form button")
    for chosen in answer_key(Paper.objects.get(key=paper)).values():
        for value in chosen:
            tab.check(f"input[name=answer][value='{value}']")
        tab.click("button[name=go][value=next]")
    tab.click("main form button")
    tab.wait_for_url("**/result/")


def rung(tab: Page, level: str) -> str:
    """What her ladder says of a level."""
    tab.goto("/tracks/ladder/")
    return tab.locator(f".t-rung[id='{level}']").inner_text()


def is_reached(tab: Page, goal: Goal) -> bool:
    """Whether her plan shows a goal as reached."""
    tab.goto("/plans/")
    return "t-goal--done" in str(tab.locator(f"#maal-{goal.pk}").get_attribute("class"))


# ---- the story -----------------------------------------------------------------------------
def test_from_newly_elected_to_the_intermediate_level(
    kari: Member, board: Body, move_to: Clock, open_page: Opener
) -> None:
    tab, first = open_page(**PHONE), build("ny-i-styret", "Ny i styret", "grunnprove")
    elect(kari, board, ELECTED)
    plan = newly_elected(tab, kari)
    move_to(FIRST_EVENING)
    becomes_a_beginner(tab, first, kari, plan)
    is_elected_again(kari, board, plan, move_to)

    move_to(LATE_AUTUMN)
    tab = open_page(**PHONE)  # another phone by now
    sign_in(tab)
    renews_by_the_short_path(tab, kari)
    reaches_the_next_level(tab, kari, plan)


def newly_elected(tab: Page, kari: Member) -> CompetencePlan:
    """The plan is there by itself, with the beginner's course first; the desk says what is next, and by when."""
    plan = CompetencePlan.objects.get(member=kari)
    assert (plan.state, plan.valid_from, plan.valid_until) == ("active", ELECTED, add_months(ELECTED, 48))
    sign_in(tab)
    next_in_plan = tab.locator(".t-next").inner_text()
    assert "Ny i styret" in next_in_plan and "19. august 2027" in next_in_plan
    tab.locator(".t-next a", has_text=words("The whole plan")).click()
    assert words("Your way towards %(year)d", year=2031) in tab.inner_text("h1")
    assert "Ny i styret" in tab.locator(".t-goal").first.inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    return plan


def becomes_a_beginner(tab: Page, first: CoursePage, kari: Member, plan: CompetencePlan) -> None:
    """From the plan to the course and its test; the ladder shows the level, and until when."""
    tab.click(".t-next a.ds-button")
    take_lesson(tab, first)
    assert not Award.objects.filter(member=kari).exists()
    take_test(tab, "ny-i-styret", "grunnprove")
    earned = Award.objects.get(member=kari)
    assert (earned.level.key, earned.origin, earned.valid_until) == (GRUNN, "earned", LAPSES)
    said = rung(tab, GRUNN)
    assert words("You hold it") in said
    assert words("Valid until %(day)s", day=LAPSES) in said
    assert is_reached(tab, Goal.objects.get(milestone__plan=plan, course__key="ny-i-styret"))
    assert is_reached(tab, Goal.objects.get(milestone__plan=plan, level__key=GRUNN))


def is_elected_again(kari: Member, board: Body, plan: CompetencePlan, move_to: Clock) -> None:
    """The meeting is held three days before the first term is over. It is still the same plan, now by the new term."""
    move_to(AGAIN - dt.timedelta(days=3))
    elect(kari, board, AGAIN)
    move_to(AGAIN)
    plan.refresh_from_db()
    assert CompetencePlan.objects.get(member=kari) == plan
    assert plan.term is not None
    assert (plan.state, plan.term.valid_from) == ("active", AGAIN)


def renews_by_the_short_path(tab: Page, kari: Member) -> None:
    """Three months before it lapses: the ladder says so, and how; half an hour later it lasts four years more."""
    page = build("oppfriskning-grunn", "Nytt siden sist", "oppfriskning")
    said = rung(tab, GRUNN)
    assert words("Lapses soon") in said
    assert words("Valid until %(day)s", day=LAPSES) in said
    assert words("This is how you renew it") in said
    ways = tab.locator(f".t-rung[id='{GRUNN}'] .t-ways li")
    assert "Nytt siden sist" in ways.first.inner_text()
    assert "Personvern i laget" in ways.nth(1).inner_text()
    ways.first.locator("a").first.click()
    take_lesson(tab, page)
    take_test(tab, "oppfriskning-grunn", "oppfriskning")
    renewed = Award.objects.get(member=kari, origin="renewed")
    longer = add_months(LAPSES, 48)
    assert (renewed.level.key, renewed.awarded_on, renewed.valid_until) == (GRUNN, LATE_AUTUMN, longer)
    said = rung(tab, GRUNN)
    assert words("You hold it") in said
    assert words("Renewed %(day)s", day=LATE_AUTUMN) in said
    assert words("Valid until %(day)s", day=longer) in said


def reaches_the_next_level(tab: Page, kari: Member, plan: CompetencePlan) -> None:
    """All is done but one course and its test: the ladder leads there, and two stones are laid."""
    page = build("lede-styret", "Å lede et styre", "prove-videre")
    grow(kari)
    assert words("You are working on this") in rung(tab, VIDERE)
    tab.locator(".t-rung.is-here .t-rung__act a").click()
    take_lesson(tab, page)
    assert not Award.objects.filter(member=kari, level__key=VIDERE).exists()
    take_test(tab, "lede-styret", "prove-videre")
    said = rung(tab, VIDERE)
    assert words("You hold it") in said
    assert words("Valid until %(day)s", day=add_months(LATE_AUTUMN, 48)) in said
    assert tab.locator(f".t-rung[id='{VIDERE}'] .t-cairn path.s").count() == 2
    assert words("You hold it") in rung(tab, GRUNN)
    assert is_reached(tab, Goal.objects.get(milestone__plan=plan, level__key=VIDERE))
    tab.goto("/desk/")
    standing = tab.locator("section[aria-labelledby=niva]")
    assert "Lede et styre" in standing.inner_text()
    assert standing.locator(".t-cairn path.s").count() == 2
