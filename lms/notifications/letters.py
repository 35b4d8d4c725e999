"""A notice as a letter: the same words as text and as HTML, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lms.notifications.models import Notice
from lms.notifications.registry import notice_kind, worded


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: both parts are written from this."""

    language: str
    subject: str
    heading: str
    greeting: str
    paragraphs: tuple[str, ...]
    button: str
    address: str
    reason: str
    notices_address: str


def letter_of(notice: Notice) -> Letter:
    """The letter of a notice, in the language the member reads."""
    kind, context = notice_kind(notice.kind), notice.context
    with translation.override(notice.member.language):
        return Letter(
            language=notice.member.language,
            subject=worded(kind.subject, context),
            heading=worded(kind.heading or kind.line, context),
            greeting=translation.gettext("Hello %(name)s.") % {"name": notice.member.first_name}
            if notice.member.first_name
            else "",
            paragraphs=tuple(worded(text, context) for text in kind.paragraphs),
            button=worded(kind.button, context),
            address=urljoin(settings.TILLIT_BASE_URL, kind.address(notice)),
            reason=worded(kind.reason, context),
            notices_address=urljoin(settings.TILLIT_BASE_URL, reverse("notices")),
        )


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """The mail of a notice. Its Message-ID is the notice's own, so a repeat can be known as one."""
    kind, letter = notice_kind(notice.kind), letter_of(notice)
    with translation.override(letter.language):
        text = render_to_string(kind.text_template, {"letter": letter})
        html = render_to_string(kind.html_template, {"letter": letter})
    house = urlsplit(settings.TILLIT_BASE_URL).hostname
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=text,
        to=[notice.member.email],
        headers={
            "Message-ID": f"<notice.{notice.public_id}@{house}>",
            "Date": formatdate(notice.created_at.timestamp(), localtime=False),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail
