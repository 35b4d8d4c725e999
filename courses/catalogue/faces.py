"""What the pages of the catalogue show to the one who reads them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from courses.catalogue.addresses import addresses_of
from courses.catalogue.cards import course_cards, first_steps
from courses.catalogue.languages import said_to
from courses.catalogue.lessons import lesson_view
from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.catalogue.trail import course_view
from lms.members.models import Member
from lms.pages.faces import register_face
from lms.pages.middleware import chosen_language


def reader(request: HttpRequest) -> Member | None:
    """The member who reads, or None."""
    return request.user if isinstance(request.user, Member) else None


@register_face(HomePage)
def home_face(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """The promise, the first course, the three levels, the courses; for a stranger the way in, when there is one."""
    language = page.locale.language_code
    cards = course_cards(language)
    is_way_in = reader(request) is None and any(card.is_open for card in cards)
    return {"cards": cards, "is_way_in": is_way_in, **first_steps(page.first_course_id, language, cards)}


@register_face(CourseIndexPage)
def index_face(page: CourseIndexPage, request: HttpRequest) -> dict[str, Any]:
    """All courses, narrowed by what the reader asked for."""
    cards = course_cards(page.locale.language_code)
    wanted = {key: request.GET.get(key, "") for key in ("level", "audience", "length", "language")}
    shown = [card for card in cards if card.matches(**wanted)]
    choices = [
        ("level", _("Level"), _levels(cards)),
        ("audience", _("For whom"), [(str(value), label) for value, label in CoursePage.Audience.choices]),
        ("length", _("Length"), [("short", _("Half an hour or less")), ("long", _("Longer"))]),
        ("language", _("Language"), list(settings.LANGUAGES)),
    ]
    filters = [(name, label, options, wanted[name]) for name, label, options in choices]
    return {"cards": shown, "filters": filters, "is_narrowed": any(wanted.values())}


@register_face(CoursePage)
def course_face(page: CoursePage, request: HttpRequest) -> dict[str, Any]:
    """The trail, with the reader's own steps on it."""
    course, language = course_view(page, reader(request)), page.locale.language_code
    written = {language, *(code for code, _url in course.languages)}
    return {"course": course, "written_in": said_to(chosen_language(request), shown=language, written=written)}


@register_face(ModulePage)
def module_face(page: ModulePage, request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """A module has no page of its own to the reader: it is a stretch of the course's trail."""
    if getattr(request, "is_preview", False):
        return {"lessons": [lesson.draft_title for lesson in page.get_children()] if page.pk else []}
    return HttpResponseRedirect(page.get_parent().url)


@register_face(LessonPage)
def lesson_face(page: LessonPage, request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """The lesson with what the reader has answered and written; strangers sign in first unless it is open."""
    course_page = CoursePage.objects.ancestor_of(page).select_related("locale", "course").get()
    if reader(request) is None and course_page.access != CoursePage.Access.EVERYONE:
        return redirect_to_login(request.get_full_path())
    shown = lesson_view(page, course_page, reader(request), is_preview=getattr(request, "is_preview", False))
    home = addresses_of(course_page.course_id).course_in(page.locale.language_code) if course_page.course_id else ""
    return {"lesson": shown, "course_url": home or course_page.url}


def _levels(cards: list[Any]) -> list[tuple[str, str]]:
    """The levels that some course leads to, each once, in order."""
    return sorted({(card.level_key, card.level_name) for card in cards if card.level_key})
