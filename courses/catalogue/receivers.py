"""What the catalogue hears: a page was published, taken down or moved, so the outline is written again.

And that a front page or a list of courses was made, in whatever language: from then on it can be written below.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.catalogue.publishing import course_page_above, publish_course
from lms.members.models import Member
from lms.organisation.editing import open_for_approval, open_for_writing

OURS = (CoursePage, ModulePage, LessonPage)


@receiver(page_published, dispatch_uid="catalogue_outline_on_publish")
@receiver(page_unpublished, dispatch_uid="catalogue_outline_on_unpublish")
@receiver(post_page_move, dispatch_uid="catalogue_outline_on_move")
@receiver(post_delete, dispatch_uid="catalogue_outline_on_delete")
def write_outline_again(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Publish the outline of the course the page is part of; after a move, of the one it left too."""
    page = _specific(instance)
    if not isinstance(page, OURS):
        return
    # Who approves a draft publishes it, whoever wrote it.
    user = get_active_log_context().user or getattr(kwargs.get("revision"), "user", None)
    touched = [course_page_above(page)]
    if kwargs.get("parent_page_before") is not None:
        touched.append(course_page_above(_specific(kwargs["parent_page_before"])))
    for course_page in {found.pk: found for found in touched if found is not None and found.pk}.values():
        publish_course(page=course_page, by=user if isinstance(user, Member) else None)


def _specific(page: Page) -> Page:
    """The page as its own class: Wagtail speaks of a move by the plain page. Once deleted, only that is left."""
    return page.specific_class.objects.filter(pk=page.pk).first() or page if type(page) is Page else page


@receiver(post_save, sender=HomePage, dispatch_uid="catalogue_open_for_approval")
def lay_approval(sender: type[HomePage], instance: HomePage, created: bool, **kwargs: Any) -> None:
    """Editors may do all with a new front page and below; what instructors send there waits for them."""
    if created and not kwargs.get("raw"):
        open_for_approval(instance)


@receiver(post_save, sender=CourseIndexPage, dispatch_uid="catalogue_open_for_writing")
def lay_writing(sender: type[CourseIndexPage], instance: CourseIndexPage, created: bool, **kwargs: Any) -> None:
    """Instructors may write below a new list of courses."""
    if created and not kwargs.get("raw"):
        open_for_writing(instance)
