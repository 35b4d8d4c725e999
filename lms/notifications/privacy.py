"""What is personal about notices: all of it, and only the person's own."""

from lms.notifications.models import Notice
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_KEEP = "12 months"
_SAID = Personal(Kind.LEARNING, "tell the person what concerns them, once", _KEEP, OnErase.DELETE_ROW)
_MAIL = Personal(Kind.CONTACT, "send each letter once", _KEEP, OnErase.DELETE_ROW, export=False)

declare(
    Notice,
    plain="id public_id",
    member=_SAID,
    kind=_SAID,
    key=Personal(Kind.TECHNICAL, "say the same thing once", _KEEP, OnErase.DELETE_ROW, export=False),
    context=_SAID,
    created_at=_SAID,
    read_at=_SAID,
    mail_state=_MAIL,
    mail_attempts=_MAIL,
    mailed_at=_MAIL,
)
