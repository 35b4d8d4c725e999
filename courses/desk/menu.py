"""The entries of the main menu that belong to courses and one's own pages."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.organisation import access
from lms.pages.menu import Entry, register_entry

COURSES = "/kurs/"
"""Where all courses are listed."""


def _rights(request: HttpRequest) -> Collection[access.Right]:
    """The reader's rights as the menu shows them. What the entries lead to asks ``access`` itself, each time."""
    return access.rights_shown(request.user)


def writes_courses(request: HttpRequest) -> bool:
    """Whether the reader writes courses."""
    return access.Right.WRITE_COURSES in _rights(request)


def issues_certificates(request: HttpRequest) -> bool:
    """Whether the reader issues certificates."""
    return access.Right.ISSUE_CERTIFICATES in _rights(request)


def register_menu() -> None:
    """Add them, once, at start."""
    register_entry(Entry(10, _("My page"), "/desk/", "House"))
    register_entry(Entry(20, _("Learn"), COURSES, "Book"))
    register_entry(Entry(25, _("Plan"), "/plans/", "HikingTrailSign", also=("/tracks/ladder/", "/competences/")))
    register_entry(Entry(70, _("Certificates"), "/reports/certificates/", "SealCheckmark", is_for=issues_certificates))
    register_entry(Entry(80, _("Write"), "/admin/", "Pencil", is_for=writes_courses))
