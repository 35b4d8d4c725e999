"""What the overview registers when the house starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

import courses.coverage.tasks  # noqa: F401 - its kinds of job
from courses.coverage import merging
from lms.audit.pages import register_page_name
from lms.directory.cards import Card, register_card
from lms.organisation.access import Right


def register() -> None:
    """Say so, once."""
    merging.register()
    register_page_name("competence_matrix", _("a file of what everybody in a unit can"))
    register_page_name("course_completion", _("a file of who has done what in a course"))
    register_card(
        Card(
            52,
            _("Overview of competence"),
            _("Who has reached which level, and what they can, unit by unit and over the years."),
            "coverage",
            Right.SEE_PEOPLE,
            "HikingTrailSign",
        )
    )
