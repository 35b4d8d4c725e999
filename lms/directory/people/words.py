"""Words for what a person is and may do, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.organisation.access import Right, Source

Word = str | Promise
STANDINGS: dict[str, Word] = {
    "member": _("Member"),
    "sympathiser": _("Sympathiser"),
    "former": _("Former member"),
    "": _("No membership"),
}
RIGHTS: dict[Right, Word] = {
    Right.SEE_PEOPLE: _("see people"),
    Right.ISSUE_CERTIFICATES: _("issue certificates"),
    Right.WRITE_COURSES: _("write courses"),
    Right.PUBLISH_COURSES: _("publish courses"),
    Right.KEEP_REGISTER: _("keep the register"),
    Right.KEEP_BODIES: _("keep boards and offices"),
    Right.REORGANISE: _("reorganise"),
    Right.KEEP_LEVELS: _("keep levels"),
    Right.KEEP_PLANS: _("keep plans"),
    Right.INVITE: _("invite"),
}
SOURCES: dict[Source, Word] = {
    Source.TERM: _("by office"),
    Source.APPOINTMENT: _("by appointment"),
    Source.DELEGATION: _("lent"),
}
