"""The instructor's journey: a module is written in the CMS, approved by an editor, and learned from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from courses.catalogue.models import CoursePage, LessonPage, ModulePage
from lms.organisation.access import Role
from tests.factories.courses import make_course_pages
from tests.factories.organisation import make_appointment, make_member, make_unit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PASSWORD = "en-lang-frase"
Opener = Callable[..., "Page"]


@pytest.fixture
def course(transactional_db: None) -> CoursePage:
    unit = make_unit()
    for name, role in (("kursholder", Role.INSTRUCTOR), ("redaktor", Role.EDITOR), ("leser", "")):
        member = make_member(name.title(), email=f"{name}@example.org", password=PASSWORD)
        if role:
            make_appointment(member, role, unit=unit)
    return make_course_pages(1)


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{who}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/")


def add_block(page: Page, name: str) -> Locator:
    """Add a block at the end of the lesson; the block."""
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    page.get_by_role("option", name=name, exact=True).click()
    return page.locator("[data-contentpath=body] > .w-field > div > .w-field__input [data-streamfield-child]").last


def choose_action(page: Page, name: str) -> None:
    """Press one of the buttons that open above "save draft"."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator(f"button[name={name}]").click()


def write_lesson(page: Page, module: ModulePage) -> None:
    page.goto(f"/admin/pages/add/courses/lessonpage/{module.pk}/")
    page.fill("[name=title]", "Les regnskapet")
    page.fill("[name=goal]", "Du kan lese et regnskap.")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Et regnskap forteller hvor pengene gikk.")
    add_block(page, "Faktaboks")
    page.fill("[name$='-1-value-title']", "To ord")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("Resultat og balanse.")
    add_block(page, "Kontrollspørsmål")
    page.locator("[data-contentpath=questions] .c-sf-add-button").last.click()
    page.get_by_role("option", name="Ett riktig", exact=True).click()
    page.fill("[name$='-0-value-stem']", "Hva viser balansen?")
    page.fill("[name$='-choices-0-value-text']", "Hva laget eier og skylder")
    page.check("[name$='-choices-0-value-right']")
    page.fill("[name$='-choices-1-value-text']", "Hvem som har møtt")
    page.fill("[name$='questions-0-value-feedback']", "Balansen er et øyeblikksbilde.")


def test_a_module_is_written_approved_and_learned_from(course: CoursePage, open_page: Opener) -> None:
    writer = open_page()
    sign_in(writer, "kursholder")
    writer.goto("/admin/")
    writer.get_by_role("link", name="Kurs", exact=True).click()
    writer.get_by_role("link", name="Ny i styret").first.click()
    writer.goto(f"/admin/pages/add/courses/modulepage/{course.pk}/")
    writer.fill("[name=title]", "Økonomi og ærlighet")
    writer.get_by_role("button", name="Lagre kladd").click()
    writer.wait_for_url("**/edit/")
    module = ModulePage.objects.get(title="Økonomi og ærlighet")

    write_lesson(writer, module)
    writer.get_by_role("button", name="Lagre kladd").click()
    writer.wait_for_url("**/edit/")
    lesson = LessonPage.objects.get(title="Les regnskapet")
    assert not lesson.live
    assert_previewed(writer)

    writer.goto(f"/admin/pages/{module.pk}/edit/")
    choose_action(writer, "action-submit")
    assert module.workflow_in_progress and lesson.workflow_in_progress

    editor = open_page()
    sign_in(editor, "redaktor")
    for page in (lesson, module):
        approve(editor, page)
    for page in (writer, editor):
        page.goto("about:blank")  # the editor says goodbye to the house before the house closes
    assert_learned(open_page(width=390), course)


def approve(editor: Page, page: Any) -> None:
    """From what waits on the editor's first page, by way of the page itself."""
    editor.goto("/admin/")
    editor.get_by_role("link", name=page.title, exact=True).first.click()
    editor.locator("footer [data-w-dropdown-target=toggle]").click()
    with editor.expect_navigation():
        editor.locator("button[data-workflow-action-name=approve]:visible").first.click()
    page.refresh_from_db()
    assert page.live


def assert_previewed(writer: Page) -> None:
    """The preview beside the editor shows the lesson as its reader will see it, on a phone and on a computer."""
    writer.locator("[data-side-panel-toggle=preview]").click()
    frame = writer.frame_locator("iframe#w-preview-iframe, #preview-iframe, [data-side-panel=preview] iframe").last
    frame.get_by_role("heading", name="Les regnskapet").wait_for()
    assert frame.get_by_text("Hva viser balansen?").is_visible()
    for width in (390, 1280):
        writer.locator(f"[data-side-panel=preview] input[data-device-width='{width}']").check(force=True)


def assert_learned(reader: Page, course: CoursePage) -> None:
    """The new lesson stands on the course's trail, and its question can be answered."""
    sign_in(reader, "leser")
    reader.goto(course.url)
    reader.get_by_role("link", name="Les regnskapet").first.click()
    reader.get_by_role("heading", name="To ord").wait_for()
    reader.get_by_label("Hva laget eier og skylder").check()
    reader.locator(".t-quiz form button").first.click()
    reader.get_by_text("Balansen er et øyeblikksbilde.").wait_for()
