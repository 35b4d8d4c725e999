"""Reads about papers and attempts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from assessments.attempts.models import Attempt, Paper, Response
from lms.members.models import Member


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether a person may start a new attempt now, and if not, why and when."""

    may_start: bool
    used: int
    limit: int | None
    opens_at: dt.datetime | None = None
    has_passed: bool = False

    @property
    def left(self) -> int | None:
        """How many attempts are left; None when there is no limit."""
        return None if self.limit is None else max(self.limit - self.used, 0)


def allowance(paper: Paper, member: Member, *, now: dt.datetime | None = None) -> Allowance:
    """What a person has left of a paper. One query."""
    moment = now or timezone.now()
    tries = list(Attempt.objects.filter(paper=paper, member=member).order_by("number"))
    passed = any(attempt.passed for attempt in tries)
    finished = [attempt.submitted_at for attempt in tries if attempt.submitted_at]
    opens_at = max(finished) + dt.timedelta(minutes=paper.wait_minutes) if finished else None
    if opens_at is not None and opens_at <= moment:
        opens_at = None
    limit = paper.attempts_limit
    out_of_tries = limit is not None and len(tries) >= limit
    return Allowance(not out_of_tries and opens_at is None, len(tries), limit, opens_at, passed)


def open_attempt(paper: Paper, member: Member) -> Attempt | None:
    """The attempt a person has begun and not handed in."""
    return Attempt.objects.filter(paper=paper, member=member, state=Attempt.State.OPEN).first()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person answered to one question version, and whether it was right (None: not marked)."""

    answer: tuple[str, ...]
    is_right: bool | None


def answers_in(member: Member, version_ids: Collection[int]) -> dict[int, Answered]:
    """The newest answers of a person to check questions, by version id. One query."""
    rows = Response.objects.filter(
        attempt__member=member, attempt__paper__mode=Paper.Mode.PRACTICE, version__in=version_ids
    )
    found = rows.exclude(answered_at=None).order_by("answered_at").values_list("version", "answer", "is_right")
    return {version: Answered(tuple(answer), is_right) for version, answer, is_right in found}
