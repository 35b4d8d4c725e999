"""What kinds of job there are: rooms above register theirs when they start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from lms.jobs.lease import Claimed
from lms.jobs.models import Job, JobItem
from lms.members.models import Member


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result page: whom or what, and what came of it (``mark`` is the kind of tag)."""

    label: str
    outcome: str
    url: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the result page leads: the ZIP, the list, the next step."""

    label: str
    url: str


Run = Callable[[Claimed], Mapping[str, Any] | None]
Describe = Callable[[Sequence[JobItem], Member], Sequence[Line]]
"""(items, reader) → one line each; names only those that the reader may see today."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of job: what it does, what it is called, how often it is tried."""

    name: str
    run: Run
    title: str | Promise
    max_attempts: int = 5
    retry_seconds: int = 5
    describe: Describe | None = None
    onward: Callable[[Job], Onward | None] | None = None

    def pause_after(self, attempts: int) -> int:
        """Seconds to wait after so many attempts without progress: 5, 20, 80, 320 … half an hour at most."""
        return int(min(self.retry_seconds * 4 ** max(attempts - 1, 0), 1800))


_kinds: dict[str, JobKind] = {}


def job_kind(name: str, *, title: str | Promise, **options: Any) -> Callable[[Run], Run]:
    """Decorator: this function does jobs of kind ``name``. Options are those of ``JobKind``.

    The function gets the claimed job, handles its items in small committed steps and returns
    ids and counts for ``Job.result``. It must be safe to start again where it was left.
    """

    def register(run: Run) -> Run:
        if name in _kinds and _kinds[name].run is not run:
            raise ValueError(f"two kinds of job are called {name}")
        _kinds[name] = JobKind(name, run, title, **options)
        return run

    return register


def kind_named(name: str) -> JobKind:
    """The kind. Raises LookupError when nobody has registered it."""
    return _kinds[name]


def known_kinds() -> list[str]:
    """Names of every kind this process can do."""
    return list(_kinds)
