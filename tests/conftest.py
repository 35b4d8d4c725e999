"""What every test may ask for: a migrated database, a clean cache, a browser, Redis."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from django.conf import settings
from django.dispatch import Signal
from django.utils import timezone

from tests import databases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer
    from pytest_django.plugin import DjangoDbBlocker

pytest_plugins = ["tests.closing_table"]
T = TypeVar("T")

CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Tell programs that a test starts which folder this process of the run works in."""
    if hasattr(config, "workerinput") or not getattr(config.option, "numprocesses", None):
        os.environ["TILLIT_TEST_VAR"] = str(settings.VAR)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(settings.VAR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_createdb: bool
) -> Iterator[None]:
    """A copy of the migrated template; after a test that commits, a new one. ``--create-db`` migrates anew."""
    from django.test import TransactionTestCase

    database = databases.test_database()
    with django_db_blocker.unblock():
        databases.prepare(database, anew=django_db_createdb)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.restore())
        yield
    with django_db_blocker.unblock():
        database.discard()


@pytest.fixture(scope="module")
def keep(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[Callable[[], T]], T]]:
    """``keep(make_world)``: what is made stands in the database for every test of the module; afterwards it is gone.

    Each test still works in a transaction of its own, so none sees what another changed. The
    objects are shared: a test that changes one copies it first.
    """

    def make(build: Callable[[], T]) -> T:
        with django_db_blocker.unblock():
            return build()

    yield make
    with django_db_blocker.unblock():
        databases.test_database().restore()


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """What one test cached, the next does not see."""
    from django.core.cache import cache

    yield
    cache.clear()


@pytest.fixture
def set_today(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """``set_today(day)``: let it be that day where the organisation is. Clocks (date and time) go on."""
    localdate = timezone.localdate

    def set_day(day: dt.date) -> None:
        monkeypatch.setattr(
            timezone, "localdate", lambda value=None, timezone=None: localdate(value, timezone) if value else day
        )

    return set_day


@pytest.fixture
def heard() -> Iterator[Callable[[Signal], list[dict[str, Any]]]]:
    """``heard(signal)``: a list that fills with what the signal announces."""
    connected: list[tuple[Signal, Any]] = []

    def listen(signal: Signal) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def receive(sender: object, **said: Any) -> None:
            calls.append(said)

        signal.connect(receive)
        connected.append((signal, receive))
        return calls

    yield listen
    for signal, receive in connected:
        signal.disconnect(receive)


@pytest.fixture(scope="session")
def redis() -> str:
    """The address of a Redis of this machine, its last database; skips when none answers."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", 6379)):
            pytest.skip("no Redis answers on 127.0.0.1:6379")
    return "redis://127.0.0.1:6379/15"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: Debian's or playwright's own; skips when there is none."""
    from playwright.sync_api import Error, sync_playwright

    # Playwright runs a loop in this thread, in which Django would refuse the test's own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=found,
                args=[*CHROMIUM_FLAGS, *root],
                env={**os.environ, "HOME": str(settings.VAR)},  # it leaves files where it is at home
            )
        except Error as error:
            pytest.skip("no Chromium found on PATH, nor playwright's own" if not found else f"{found}: {error.message}")
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """``open_page(width=390)``: a fresh page, nobody signed in, that reaches this house only.

    Whatever the page complains of in its console, and every address it asks for elsewhere,
    fails the test at its end.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_one(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="nb-NO", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if _is_foreign(asked.url, live_server) else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def _is_foreign(url: str, live_server: LiveServer) -> bool:
    return url.startswith(("http:", "https:", "ws:", "wss:")) and not url.startswith(f"{live_server.url}/")
