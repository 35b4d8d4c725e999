"""A kind of job that counts its effects, and a member who asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lms.jobs.harness import Workers
from tests.lms.jobs.strokes import register_strokes


@pytest.fixture(autouse=True)
def _strokes() -> None:
    register_strokes()


@pytest.fixture
def somebody(db: None) -> Callable[..., Any]:
    """Makes a member."""
    from lms.members.models import Member

    def make(name: str = "Åse Østby", **facts: Any) -> Member:
        return Member.objects.create(name=name, **facts)

    return make


@pytest.fixture
def ask(db: None) -> Callable[..., Any]:
    """Asks for strokes: ``ask(items=5, poison=["s2"])``."""
    from lms.jobs.services import request_job

    def request(key: str = "strokes:1", by: Any = None, **payload: Any) -> Any:
        return request_job(kind="strokes", key=key, payload={"items": 3} | payload, by=by)

    return request


@pytest.fixture
def workers(transactional_db: None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Real workers; on PostgreSQL they are told by Redis."""
    from django.db import connection

    broker = "" if connection.vendor == "sqlite" else request.getfixturevalue("redis")
    started = Workers(tmp_path, broker=broker, apps=("tests.lms.jobs.strokes_app.Strokes",))
    yield started
    started.stop()
