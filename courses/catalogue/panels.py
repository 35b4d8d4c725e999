"""How the pages of the catalogue are written: one screen each, with a word of help where it is needed.

What an instructor need not decide (address, level, test, who may open it, when it is
published) is shown to those who publish only. Set on the pages when the wing starts, so
that the pages know nothing of their editor.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import CommentPanel, FieldPanel, HelpPanel, ObjectList, PublishingPanel, TabbedInterface

from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.catalogue.writing import minutes_to_read

PUBLISH = "wagtailcore.publish_page"
"""The permission editors have and instructors have not."""
SCHEDULE = [FieldPanel("go_live_at", permission=PUBLISH), FieldPanel("expire_at", permission=PUBLISH)]


class ReadingTime(HelpPanel):
    """About how long what is saved takes to read, as a help to fill in the minutes."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            words = len(re.findall(r"\w+", strip_tags(str(self.instance.body.render_as_block()))))
            said = gettext(
                "About %(minutes)s min to read as last saved (%(words)s words). Add time for questions and films."
            )
            self.content = said % {"minutes": minutes_to_read(words), "words": words}


class PageForm(WagtailAdminPageForm):
    """The address is made from the title unless one is given; most who write never see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class LessonForm(PageForm):
    """A new lesson begins with an empty text, so that one can start writing at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk is None and not instance.body:
            instance.body = [("text", "")]
        super().__init__(*args, **kwargs)


def _tabs(*content: Any, publishing: tuple[Any, ...] = (), form: type[PageForm] = PageForm) -> TabbedInterface:
    """What everybody who writes sees, and a tab for those who publish."""
    tabs = [
        ObjectList([*content, CommentPanel()], heading=_("Content")),
        ObjectList(
            [
                FieldPanel("slug", permission=PUBLISH),
                *publishing,
                PublishingPanel(children=SCHEDULE, permission=PUBLISH),
            ],
            heading=_("Publishing"),
            permission=PUBLISH,
        ),
    ]
    return TabbedInterface(tabs, base_form_class=form)


def _title(help_text: Any = "") -> FieldPanel:
    """The title. Wagtail's own panel would look for the address, which not everybody is shown."""
    return FieldPanel("title", heading=_("Title"), help_text=help_text)


def _for_publishers(name: str, **options: Any) -> FieldPanel:
    return FieldPanel(name, permission=PUBLISH, **options)


def set_panels() -> None:
    """Give each kind of page its editor; once, at start."""
    HomePage.edit_handler = _tabs(
        _title(),
        FieldPanel("promise", heading=_("Promise"), help_text=_("The one sentence people remember.")),
        FieldPanel("lede", heading=_("Introduction")),
        FieldPanel("first_course", heading=_("First course"), help_text=_("The course a new reader is led to.")),
    )
    CourseIndexPage.edit_handler = _tabs(_title(), FieldPanel("lede", heading=_("Introduction")))
    CoursePage.edit_handler = _tabs(
        _title(_("What the course is called, in two to four words.")),
        FieldPanel("lede", heading=_("Introduction"),
                   help_text=_("Two sentences: for whom it is, and what it is good for.")),
        FieldPanel("outcomes", heading=_("Afterwards you can …"),
                   help_text=_("Three to five things one can do afterwards, each beginning with a verb.")),
        FieldPanel("audience", heading=_("For whom")),
        publishing=(
            _for_publishers("access", heading=_("Who may open it")),
            _for_publishers("level", heading=_("Level"), help_text=_("The level the course leads to.")),
            _for_publishers("paper", heading=_("Test"), help_text=_("The test at the end.")),
            _for_publishers("course", heading=_("Course"), read_only=True,
                            help_text=_("All languages of the course are this one course.")),
        ),
    )  # fmt: skip
    ModulePage.edit_handler = _tabs(
        _title(_("Three to five lessons that belong together.")),
        FieldPanel("intro", heading=_("Introduction"), help_text=_("One or two sentences on the stretch ahead.")),
    )
    LessonPage.edit_handler = _tabs(
        _title(_("Short, and as one would say it.")),
        FieldPanel("goal", heading=_("Goal"), help_text=_("Begins with «You can …».")),
        FieldPanel(
            "body",
            heading=_("The lesson"),
            help_text=_("Add text, questions, reflection and more with +. Everything is written here."),
        ),
        FieldPanel("minutes", heading=_("Minutes"), help_text=_("How long it takes with everything, about ten.")),
        ReadingTime(),
        form=LessonForm,
    )
