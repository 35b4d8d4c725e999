"""The main job, in a browser on a phone: a new board member learns, passes, and gets a certificate
that somebody else can check."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp

from assessments.attempts.models import Attempt
from certificates.models import Credential
from courses.enrolment.models import Completion, CourseCompletion
from courses.progression.models import Award, Level
from lms.pages.models import OrganisationSettings
from tests.factories.courses import (
    answer_key,
    course_of,
    lesson_pages,
    make_course_pages,
    make_paper,
    make_rule,
    make_site,
    quiz_block,
    text_block,
)
from tests.factories.organisation import make_member, make_term, make_unit

pytestmark = pytest.mark.django_db(transaction=True)

NAME, PASSWORD = "Åse Lyngmo", "et-langt-passord"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def paper(transactional_db):
    return make_paper(3)


@pytest.fixture
def page(paper):
    home = make_site().get_parent().specific
    level = Level.objects.get(key="leadership.grunn")
    bodies = [[text_block(f"Tekst {n}."), quiz_block(right="Rett", wrong="Feil")] for n in (1, 2)]
    found = make_course_pages(bodies, paper=paper, level=level)
    home.first_course = found.course
    home.save()
    make_rule(course_of(found), paper)
    OrganisationSettings.load()
    return found


@pytest.fixture
def aase(page):
    unit = make_unit("Bodø")
    member = make_member(NAME, of=unit, email="aase@example.org", password=PASSWORD)
    make_term(member, office="board_member", unit=unit)
    return member


def sign_in(tab):
    tab.goto("/accounts/login/")
    tab.fill("input[name=login]", "aase@example.org")
    tab.fill("input[name=password]", PASSWORD)
    tab.click("form:has(input[name=password]) button")
    tab.wait_for_url("**/desk/")


def answer(tab, text):
    """Answer the check question of the lesson."""
    form = tab.locator("form.t-qbox").first
    form.get_by_label(text).check()
    form.get_by_role("button").click()


def take_lesson(tab, number, *, wrong_first=False):
    """Read a lesson, answer its question, and say it is read."""
    assert f"Tekst {number}." in tab.inner_text("main")
    if wrong_first:
        answer(tab, "Feil")
        assert tab.locator("form.t-qbox [role=status]").inner_text()
        assert not Completion.objects.filter(activity__quiz__isnull=False).exists()
    answer(tab, "Rett")
    assert tab.locator("form.t-qbox button").count() == 0  # a right answer stands
    tab.click("form[action*='/finish/'] button")


def take_test(tab, paper):
    """Answer every question by the key, look over, hand in."""
    tab.click("main form button")
    for chosen in answer_key(paper).values():
        for value in chosen:
            tab.check(f"input[name=answer][value='{value}']")
        tab.click("button[name=go][value=next]")
    tab.click("main form button")
    tab.wait_for_url("**/result/")


def nothing_sticks_out(tab):
    """On a phone, no page scrolls sideways."""
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], tab.url


def test_a_new_board_member_learns_passes_and_gets_a_certificate_that_can_be_checked(open_page, page, paper, aase):
    tab = open_page(**PHONE)
    sign_in(tab)
    assert "Åse" in tab.inner_text("h1")
    nothing_sticks_out(tab)

    tab.click(f"main a[href='{page.url}'], main a[href='{lesson_pages(page)[0].url}']")
    if tab.url.endswith(page.url):
        tab.click("form[action*='/enrol/'] button")
    take_lesson(tab, 1, wrong_first=True)
    nothing_sticks_out(tab)
    take_lesson(tab, 2)
    tab.wait_for_url(f"**{page.url}")
    nothing_sticks_out(tab)
    assert CourseCompletion.objects.get().member == aase

    tab.goto("/learn/ny-i-styret/test/")
    take_test(tab, paper)
    nothing_sticks_out(tab)
    assert Attempt.objects.get(paper=paper).passed
    assert (Award.objects.get().member, Credential.objects.get().holder) == (aase, aase)

    tab.goto("/desk/certificates/")
    tab.click("main a[href*='/desk/certificates/']")
    nothing_sticks_out(tab)
    with tab.expect_download() as coming:
        tab.click("a[href$='.pdf']")
    sheet = pypdfium2.PdfDocument(io.BytesIO(coming.value.path().read_bytes()))[0]
    assert NAME in sheet.get_textpage().get_text_bounded()
    (code,) = zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
    address = urlsplit(code.text).path
    assert address == f"/c/{Credential.objects.get().number}/"

    other = open_page()  # another browser, in which nobody is signed in
    assert other.goto(address).status == 200
    assert "Lyngmo" not in other.content()
    assert "Ny i styret" in other.inner_text("main")

    tab.check("input[name=disclosure][value=named]")
    with tab.expect_navigation():
        tab.click("form:has(input[name=disclosure]) button:not([type=button])")
    other.goto(address)
    assert NAME in other.inner_text("main")


def test_one_continues_on_another_device_where_one_was(open_page, page, aase):
    phone, desktop = open_page(**PHONE), open_page()
    sign_in(phone)
    phone.clock.install()
    phone.goto(lesson_pages(page)[1].url)
    with phone.expect_response("**/seen/**"):
        phone.clock.run_for(11_000)  # read for ten seconds
    sign_in(desktop)
    assert desktop.locator(f"main a[href='{lesson_pages(page)[1].url}']").count()


def test_the_course_can_be_done_without_javascript(open_page, page, paper, aase):
    tab = open_page(**PHONE, java_script_enabled=False)
    sign_in(tab)
    tab.goto(lesson_pages(page)[0].url)
    take_lesson(tab, 1)
    take_lesson(tab, 2)
    tab.goto("/learn/ny-i-styret/test/")
    take_test(tab, paper)
    assert Credential.objects.get().holder == aase
