"""What the first view of the course page weighs, signed in, with nothing in the browser's cache."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from courses.demo.course import load_course
from courses.demo.site import load_site
from courses.enrolment.services import complete, enrol
from tests.factories.courses import outline
from tests.factories.organisation import make_member, make_unit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

KB = 1024
TEXT = ("text/", "application/javascript", "image/svg+xml")


@pytest.fixture
def session(transactional_db: None) -> str:
    """Somebody in the middle of the demo's course."""
    course, member = load_course(load_site()), make_member(of=make_unit())
    enrol(member=member, course=course)
    done = [item.activity_id for lesson in outline(course).taught[:5] for item in lesson.items]
    complete(member=member, outline=outline(course), activity_ids=done)
    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def weight(response: Response) -> int:
    """Bytes on the wire. Pages are sent as they are; text that is a file is sent compressed.

    The server of the tests compresses nothing, so the files are compressed here as a house
    that collects its static files does it.
    """
    body, kind = response.body(), response.headers.get("content-type", "")
    is_file = response.url.split("/", 3)[3].startswith("static/")
    return len(gzip.compress(body)) if is_file and kind.startswith(TEXT) else len(body)


@pytest.fixture
def first_view(open_page: Callable[..., Page], session: str) -> list[Response]:
    """Every answer of the first view, the page itself first, the icon of the tab too."""
    tab, seen = open_page(width=390, height=844), []
    tab.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}]
    )
    tab.on("response", lambda answer: seen.append(answer))  # noqa: PLW0108 - a built-in cannot listen
    tab.goto("/kurs/ny-i-styret/", wait_until="networkidle")
    assert "5 av 14" in tab.inner_text("main")
    return seen


def test_the_first_view_of_the_course_page_is_light(first_view: list[Response]) -> None:
    sizes = [(response.url, weight(response)) for response in first_view]
    assert len(first_view[0].body()) <= 30 * KB
    assert len(first_view) <= 8, sizes
    assert sum(size for _, size in sizes) <= 120 * KB, sizes
