"""What rights, roles and kinds are called on screen and in letters."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.organisation.models import Body
from lms.organisation.rights import Right, Role

RIGHT_WORDS: dict[str, str | Promise] = {
    Right.SEE_PEOPLE: _("See people"),
    Right.ISSUE_CERTIFICATES: _("Issue certificates"),
    Right.WRITE_COURSES: _("Write courses"),
    Right.PUBLISH_COURSES: _("Publish courses"),
    Right.KEEP_REGISTER: _("Keep the member register"),
    Right.KEEP_BODIES: _("Keep boards and offices"),
    Right.REORGANISE: _("Reorganise units"),
    Right.INVITE: _("Invite people"),
    Right.KEEP_LEVELS: _("Keep levels and their requirements"),
    Right.KEEP_PLANS: _("Keep competence plans"),
}
RIGHT_MEANINGS: dict[str, str | Promise] = {
    Right.SEE_PEOPLE: _("find members, open their page, see who has learned what"),
    Right.ISSUE_CERTIFICATES: _("issue and revoke certificates"),
    Right.WRITE_COURSES: _("write and change courses; others publish them"),
    Right.PUBLISH_COURSES: _("approve and publish what is written"),
    Right.KEEP_REGISTER: _("import the register, move people, record who leaves"),
    Right.KEEP_BODIES: _("open and close boards, record elections and the end of terms"),
    Right.REORGANISE: _("merge, split, move and close units"),
    Right.INVITE: _("make invitation links and see how many followed them"),
    Right.KEEP_LEVELS: _("adopt what levels require, recognise what people can, extend levels"),
    Right.KEEP_PLANS: _("make plans for boards and units, agree plans with people"),
}
ROLE_WORDS: dict[str, str | Promise] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.INSTRUCTOR: _("Instructor"),
    Role.EDITOR: pgettext_lazy("role", "Editor"),
}
END_REASONS: dict[str, str | Promise] = {
    "asked": _("Asked to be released"),
    "meeting": _("A meeting decided it"),
    "moved": _("Moved, or no longer a member here"),
    "other": _("Something else"),
}
"""Why a term ends before its time. No free text: reasons of health and conflict are nobody's to keep."""
KIND_WORDS: dict[str, str | Promise] = {
    Body.Kind.BOARD: pgettext_lazy("body", "Board"),
    Body.Kind.EXECUTIVE: pgettext_lazy("body", "Executive committee"),
    Body.Kind.NOMINATING: pgettext_lazy("body", "Nomination committee"),
    Body.Kind.CONTROL: pgettext_lazy("body", "Control committee"),
    Body.Kind.COMMITTEE: pgettext_lazy("body", "Committee"),
}


def right_word(key: str) -> str:
    """A right or a role in words, in the active language."""
    return str(RIGHT_WORDS.get(key) or ROLE_WORDS.get(key) or key)
