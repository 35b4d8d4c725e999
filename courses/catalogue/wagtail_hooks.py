"""What the CMS shows of courses: where they are, what waits, and that a module is sent as a whole."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from courses.catalogue.approving import send_drafts_along
from courses.catalogue.models import CourseIndexPage, CoursePage, ModulePage
from lms.organisation import access


class CoursesItem(MenuItem):
    """Straight to the list of courses, in the reader's language when there is one."""

    @property
    def url(self) -> str:
        order = {get_language(): 0, "nb": 1}
        pages = CourseIndexPage.objects.select_related("locale")
        page = min(pages, key=lambda p: order.get(p.locale.language_code, 2), default=None)
        return reverse("wagtailadmin_explore", args=[page.pk]) if page else reverse("wagtailadmin_explore_root")

    @url.setter
    def url(self, value: str) -> None:
        """Found anew each time: the list of courses is itself a page."""


class WaitingItem(MenuItem):
    """What waits for the reader's approval."""

    def is_shown(self, request: HttpRequest) -> bool:
        return access.holds(request.user, access.Right.PUBLISH_COURSES)


@hooks.register("register_admin_menu_item")
def courses_item() -> MenuItem:
    """Courses stand first."""
    return CoursesItem(_("Courses"), "", name="tillit-courses", icon_name="folder-open-inverse", order=10)


@hooks.register("register_admin_menu_item")
def waiting_item() -> MenuItem:
    """For editors: what waits."""
    url = f"{reverse('wagtailadmin_reports:workflow')}?status=in_progress&reviewable=true"
    return WaitingItem(_("For approval"), url, name="tillit-waiting", icon_name="tasks", order=50)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def send_with_its_drafts(request: HttpRequest, page: Page) -> None:
    """A module or course that is sent for approval takes its new drafts along; the writer is told what did not go."""
    if "action-submit" not in request.POST or not isinstance(page, CoursePage | ModulePage):
        return
    along = send_drafts_along(page=page, by=request.user)  # type: ignore[arg-type]
    if along.sent:
        count = len(along.sent)
        said = ngettext("%(count)s draft below it was sent along.", "%(count)s drafts below it were sent along.", count)
        messages.success(request, said % {"count": count})
    for draft in along.unready:
        said = gettext("«%(title)s» was not sent along: something is missing in it. Open it and send it by itself.")
        messages.warning(request, said % {"title": draft.title})
