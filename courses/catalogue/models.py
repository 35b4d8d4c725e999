"""The pages a course is read on. What they show to a reader is prepared in ``faces.py``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Revision

from assessments.attempts.models import Paper
from courses.catalogue.blocks import LessonBody
from courses.curriculum.models import Course
from courses.progression.models import Level
from lms.pages.models import BasePage


class HomePage(BasePage):
    """The front page. Personal data: no."""

    promise = models.CharField(max_length=120, help_text=_("The one sentence people remember."))
    lede = models.TextField(max_length=400, blank=True)
    first_course = models.ForeignKey(Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CourseIndexPage"]
    template = "courses/catalogue/home_page.html"
    is_for_editors = True

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")


class CourseIndexPage(BasePage):
    """All courses. Personal data: no."""

    lede = models.TextField(max_length=400, blank=True)

    parent_page_types = ["courses.HomePage"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue/course_index_page.html"
    is_for_editors = True

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")


class CoursePage(BasePage):
    """One course in one language. Every language points at the same ``course``. Personal data: no.

    ``access`` says who may open it, ``audience`` for whom it is meant: two things.
    """

    class Access(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        SIGNED_IN = "signed_in", _("everyone who is signed in")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        NEW_OFFICERS = "new_officers", _("those new in an office")
        OFFICERS = "officers", _("elected officers")
        INSTRUCTORS = "instructors", _("instructors")
        NEWCOMERS = "newcomers", _("new members and sympathisers")

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="pages"
    )
    lede = models.TextField(max_length=400, blank=True)
    outcomes = StreamField([("outcome", blocks.CharBlock(max_length=200, label=_("afterwards you can …")))], blank=True)
    level = models.ForeignKey(Level, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    access = models.CharField(max_length=12, choices=Access, default=Access.SIGNED_IN)
    audience = models.CharField(max_length=16, choices=Audience, default=Audience.EVERYONE)

    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]
    # A copied page is another course, founded when it is published; a translation finds its own.
    exclude_fields_in_copy = ["course"]
    template = "courses/catalogue/course_page.html"
    shown_with = ("course", "level")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class ModulePage(BasePage):
    """A module: a few lessons that belong together. Personal data: no."""

    intro = models.TextField(max_length=400, blank=True)

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/catalogue/module_page.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class LessonPage(BasePage):
    """A lesson: ten minutes on a phone. Publishing it writes the course's outline. Personal data: no."""

    goal = models.CharField(max_length=250, blank=True, help_text=_("Begins with «You can …»."))
    minutes = models.PositiveSmallIntegerField(default=10)
    body = StreamField(LessonBody(), blank=True)

    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/catalogue/lesson_page.html"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish a version; raises ValidationError when something in it is unfinished.

        A draft may be saved unfinished, and Wagtail does not look again when it is approved.
        """
        body = revision.as_object().body
        try:
            self._meta.get_field("body").stream_block.clean(body)
        except ValidationError as missing:
            raise ValidationError(
                _("«%(title)s» is not finished. Open it: what is missing is shown there.") % {"title": self.title}
            ) from missing
        return super().publish(revision, *args, **kwargs)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
