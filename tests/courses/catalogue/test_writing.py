"""What an instructor may write, and what waits for an editor: over the CMS's own screens, without a browser."""

from __future__ import annotations

import json
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState

from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.curriculum.outlines import forget_outline, outline_of
from lms.members.models import Member
from tests.factories.courses import course_of, lesson_pages, make_course_pages, make_site, text_block
from tests.factories.editing import (
    add_page,
    lesson_form,
    make_editor,
    make_writer,
    module_form,
    quiz,
    save_page,
    signed_in,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CoursePage:
    return make_course_pages(1)


@pytest.fixture
def ivar() -> Member:
    return make_writer("Ivar Aas", language="nb")


@pytest.fixture
def eva() -> Member:
    return make_editor("Eva Moe", language="nb")


def module_of(course: CoursePage) -> ModulePage:
    return ModulePage.objects.child_of(course).first()


def approve(editor: Member, page: Page, *, action: str = "approve", client: Client | None = None) -> int:
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return (client or signed_in(editor)).post(url, {"comment": "Se over tallene."}).status_code


def test_a_new_module_goes_from_draft_to_the_outline(course: CoursePage, ivar: Member, eva: Member) -> None:
    client = signed_in(ivar)
    add_page(client, "modulepage", course, module_form("Økonomi og ærlighet"))
    module = ModulePage.objects.get(title="Økonomi og ærlighet")
    add_page(
        client, "lessonpage", module, lesson_form("Regnskap", text("Pengene."), quiz(("Ja", True), ("Nei", False)))
    )
    lesson = LessonPage.objects.get(title="Regnskap")
    assert (module.live, lesson.live, module.slug, lesson.owner) == (False, False, "okonomi-og-aerlighet", ivar)
    save_page(client, module, module_form(module.title, action="action-submit"))
    assert {approve(eva, page) for page in (module, lesson)} == {302}
    forget_outline(course_of(course).pk)
    taught = outline_of(course_of(course).pk).taught
    assert [(step.title["nb"], len(step.items)) for step in taught] == [("Leksjon 1", 2), ("Regnskap", 2)]


def test_a_new_course_may_be_written_and_is_founded_when_it_is_approved(ivar: Member, eva: Member) -> None:
    index = make_site()
    sent = {"lede": "", "audience": "officers", "outcomes-count": "0"}
    form = module_form("Kasserer på øya", action="action-submit", **sent)
    add_page(signed_in(ivar), "coursepage", index, form)
    page = CoursePage.objects.get(title="Kasserer på øya")
    assert (page.live, page.course, page.access) == (False, None, CoursePage.Access.SIGNED_IN)
    approve(eva, page)
    page.refresh_from_db()
    assert (page.live, page.course.key) == (True, "kasserer-pa-oya")


@pytest.mark.parametrize("action", ["action-publish", "action-unpublish"])
def test_an_instructor_cannot_publish(course: CoursePage, ivar: Member, action: str) -> None:
    client, module = signed_in(ivar), module_of(course)
    add_page(client, "lessonpage", module, lesson_form("Regnskap", text("Pengene."), action=action))
    assert not LessonPage.objects.get(title="Regnskap").live
    page = lesson_pages(course)[0]
    save_page(client, page, lesson_form("Endret", text("Nytt."), action=action))
    assert LessonPage.objects.get(pk=page.pk).title == "Leksjon 1"


def test_an_instructor_changes_a_published_lesson_as_a_draft(course: CoursePage, ivar: Member) -> None:
    page = lesson_pages(course)[0]
    save_page(signed_in(ivar), page, lesson_form("Endret", text("Nytt.")))
    page.refresh_from_db()
    assert (page.title, page.draft_title, page.live) == ("Leksjon 1", "Endret", True)


@pytest.mark.parametrize("model", [HomePage, CourseIndexPage])
def test_the_front_page_and_the_list_of_courses_are_for_editors(
    course: CoursePage, ivar: Member, eva: Member, model: type[Page]
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[model.objects.get().pk])
    assert signed_in(ivar).get(edit).status_code == 302
    assert signed_in(eva).get(edit).status_code == 200


def test_an_instructor_throws_away_own_drafts_only(course: CoursePage, ivar: Member) -> None:
    liv, module = make_writer("Liv"), module_of(course)
    add_page(signed_in(liv), "lessonpage", module, lesson_form("Livs utkast", text("Hei.")))
    draft = LessonPage.objects.get(title="Livs utkast")
    delete = reverse("wagtailadmin_pages:delete", args=[draft.pk])
    signed_in(ivar).post(delete)
    signed_in(ivar).post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, course.pk]))
    assert LessonPage.objects.filter(pk=draft.pk).exists()
    signed_in(liv).post(delete)
    assert not LessonPage.objects.filter(pk=draft.pk).exists()


def test_an_instructor_cannot_delete_what_is_published(course: CoursePage, ivar: Member) -> None:
    page = lesson_pages(course)[0]
    Page.objects.filter(pk=page.pk).update(owner=ivar)
    signed_in(ivar).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert LessonPage.objects.filter(pk=page.pk).exists()


def test_fields_for_those_who_publish_are_not_taken_from_an_instructor(course: CoursePage, ivar: Member) -> None:
    forbidden = {"access": "everyone", "slug": "kapret", "go_live_at": "2030-01-01 10:00"}
    sent = module_form(course.title, lede="", audience="everyone", **forbidden, **{"outcomes-count": "0"})
    save_page(signed_in(ivar), course, sent)
    draft = course.get_latest_revision_as_object()
    assert (draft.access, draft.slug, draft.go_live_at) == (CoursePage.Access.SIGNED_IN, "ny-i-styret", None)


def test_an_editor_plans_when_a_lesson_is_published(course: CoursePage, eva: Member) -> None:
    form = lesson_form("Senere", text("Hei."), action="action-publish", slug="senere", go_live_at="2030-01-01 10:00")
    add_page(signed_in(eva), "lessonpage", module_of(course), form)
    page = LessonPage.objects.get(slug="senere")
    assert (page.live, page.approved_schedule) == (False, True)


def test_what_is_sent_back_says_why_and_can_be_sent_again(course: CoursePage, ivar: Member, eva: Member) -> None:
    client, module = signed_in(ivar), module_of(course)
    add_page(client, "lessonpage", module, lesson_form("Regnskap", text("Pengene."), action="action-submit"))
    page = LessonPage.objects.get(title="Regnskap")
    approve(eva, page, action="reject")
    assert "Se over tallene." in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    save_page(client, page, lesson_form("Regnskap", text("Tallene."), action="action-restart-workflow"))
    approve(eva, page)
    page.refresh_from_db()
    assert page.live


def test_a_draft_with_something_missing_is_not_sent_along(course: CoursePage, ivar: Member) -> None:
    client = signed_in(ivar)
    add_page(client, "modulepage", course, module_form("Økonomi"))
    module = ModulePage.objects.get(title="Økonomi")
    add_page(client, "lessonpage", module, lesson_form("Halv", quiz(("Ja", False), ("Nei", False))))
    add_page(client, "lessonpage", module, lesson_form("Hel", text("Pengene.")))
    add_page(signed_in(make_writer("Liv")), "lessonpage", module, lesson_form("Livs", text("Hei.")))
    save_page(client, module, module_form("Økonomi", action="action-submit"))
    told = [str(said) for said in client.get("/admin/").context["messages"]]
    waiting = {state.revision.object_str for state in TaskState.objects.select_related("revision")}
    assert waiting == {"Økonomi", "Hel"}
    assert any("Halv" in said for said in told)


def test_what_an_editor_left_unfinished_is_not_published_by_approving_it(
    course: CoursePage, ivar: Member, eva: Member
) -> None:
    client = signed_in(eva)
    add_page(
        signed_in(ivar), "lessonpage", module_of(course), lesson_form("Halv", text("Hei."), action="action-submit")
    )
    page = LessonPage.objects.get(title="Halv")
    save_page(client, page, lesson_form("Halv", quiz(("Ja", False), ("Nei", False)), slug="halv"))
    approve(eva, page, client=client)
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert any("«Halv»" in str(said) for said in client.get("/admin/").context["messages"])


def test_letters_about_approval_say_nothing_of_what_it_is_about(course: CoursePage, ivar: Member, eva: Member) -> None:
    client, module = signed_in(ivar), module_of(course)
    add_page(client, "lessonpage", module, lesson_form("Streik i nord", text("Hei."), action="action-submit"))
    page = LessonPage.objects.get(title="Streik i nord")
    approve(eva, page)
    assert [letter.to for letter in mail.outbox] == [[eva.email], [ivar.email]]
    for letter in mail.outbox:
        assert "Streik" not in f"{letter.subject} {letter.body}"
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in letter.body
        assert "&" not in letter.body and letter.subject


def test_the_menu_holds_only_the_work(course: CoursePage, ivar: Member, eva: Member) -> None:
    def menu(member: Member) -> list[str]:
        shown = signed_in(member).get("/admin/").content.decode()
        props = json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', shown, re.S)[1])
        found = re.findall(r'"name": "([\w-]+)"', json.dumps(props))
        return [name for name in found if name not in ("account", "logout", "pages", member.first_name)]

    common = ["tillit-courses", "images", "documents", "media"]
    assert menu(ivar) == common
    assert menu(eva) == [*common, "tillit-waiting"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_cms_speaks_the_language_of_the_writer(course: CoursePage, language: str) -> None:
    client = signed_in(make_writer(language=language))
    assert f'<html lang="{language}"' in client.get("/admin/").content.decode()


@pytest.mark.parametrize("model", [LessonPage, ModulePage, CoursePage])
def test_a_draft_is_previewed_as_its_reader_will_see_it(course: CoursePage, ivar: Member, model: type[Page]) -> None:
    page = model.objects.descendant_of(course, inclusive=True).first()
    page.title = "Bare et utkast"
    page.save_revision()
    shown = signed_in(ivar).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert shown.status_code == 200
    assert "Bare et utkast" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert "unsafe" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_page_itself_stands_in_no_frame(course: CoursePage, ivar: Member) -> None:
    shown = signed_in(ivar).get(course.url)
    assert (shown.status_code, shown.headers["X-Frame-Options"]) == (200, "DENY")
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]


def test_a_preview_writes_nothing_about_the_one_who_looks(course: CoursePage, ivar: Member) -> None:
    page = lesson_pages(course)[0]
    page.body = [text_block("Et ord.")]
    page.save_revision()
    shown = signed_in(ivar).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "Et ord." in shown
    assert 'data-seen=""' not in shown and "note_visit" not in shown
