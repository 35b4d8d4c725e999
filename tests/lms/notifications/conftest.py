"""A kind of notice, members, and a mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from tests.lms.notifications.sink import Sink


@pytest.fixture(autouse=True)
def _ready() -> None:
    """A notice with something to print in each place that may print it."""
    from lms.notifications.registry import NoticeKind, register_notice

    register_notice(
        NoticeKind(
            key="ready",
            subject=_("Done"),
            line="%(title)s is ready.",
            paragraphs=("You passed %(title)s & may print the sheet.", "It is <yours>."),
            button="Open the shelf",
            reason="You get this because you took the course.",
            address=lambda notice: f"/shelf/{notice.context['id']}/",
        )
    )


@pytest.fixture
def somebody(db: None) -> Callable[..., Any]:
    """Makes a member with an address."""
    from lms.members.models import Member

    def make(number: int = 1, **facts: Any) -> Member:
        return Member.objects.create(**{"name": f"Åse Østby {number}", "email": f"m{number}@example.org"} | facts)

    return make


@pytest.fixture
def say(db: None) -> Callable[..., int]:
    """Says that something is ready: ``say(member, …)``."""
    from lms.notifications.services import notify

    def tell(*members: Any, key: str = "ready:1") -> int:
        return notify(members=members, kind="ready", key=key, context={"id": 7, "title": "Ny i styret"})

    return tell


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server, and the settings to reach it."""
    with Sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
        yield server
