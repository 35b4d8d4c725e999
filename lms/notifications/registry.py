"""What kinds of notice there are: rooms above register theirs when they start."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from lms.notifications.models import Notice

Text = str | Promise
_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice and its words.

    ``subject`` is the subject of the mail. It is read by providers and over shoulders, so it
    says nothing of what sort of organisation this is and names nobody, no office and no unit:
    the only place in it is ``%(date)s``. ``line`` is the sentence in the app, ``paragraphs``
    what the mail says beneath its heading, ``reason`` why the person gets it; they may print
    labels from the notice's context. ``address`` gives a path of this house. The mail's two
    parts are the two templates with the same words; a kind may have its own.
    """

    key: str
    subject: Text
    line: Text
    button: Text
    reason: Text
    address: Callable[[Notice], str]
    paragraphs: tuple[Text, ...] = ()
    heading: Text = ""
    mails: bool = True
    text_template: str = "notifications/mail.txt"
    html_template: str = "notifications/mail.html"


_kinds: dict[str, NoticeKind] = {}


def register_notice(kind: NoticeKind) -> None:
    """Add a kind. Raises ValueError when its subject could print more than a date."""
    if set(_PLACE.findall(str(kind.subject))) - {"date"}:
        raise ValueError(f"{kind.key}: the subject of a mail may hold no more than a date")
    _kinds[kind.key] = kind


def notice_kind(key: str) -> NoticeKind:
    """The kind. Raises LookupError when nobody has registered it."""
    return _kinds[key]


def has_kind(key: str) -> bool:
    """Whether somebody has registered the kind: rows outlive the code that wrote them."""
    return key in _kinds


def worded(text: Text, context: Mapping[str, Any]) -> str:
    """A text of a kind with its labels, in the active language."""
    return _PLACE.sub(lambda place: str(context.get(place[1], "")), str(text))
