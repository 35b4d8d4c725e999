"""Answers are kept for a time; the mark they gave is kept longer."""

from __future__ import annotations

import datetime as dt

from assessments.attempts.models import Attempt, Response
from lms.privacy.retention import Rule, register_retention


def forget_answers(before: dt.datetime) -> int:
    """Delete what was answered in attempts marked before then; points and whether it was passed stay.

    In what was begun and never handed in, such as the check questions of a lesson, old answers are
    emptied, and only whether they were right is known.
    """
    marked = Response.objects.filter(attempt__state=Attempt.State.GRADED, attempt__graded_at__lt=before)
    count, _by_model = marked.delete()
    left = Response.objects.filter(attempt__state=Attempt.State.OPEN, answered_at__lt=before)
    return count + left.update(answer=[], answered_at=None)


def register() -> None:
    """Say so, once, at start."""
    about = "what was answered in a test or check question; the mark stays"
    register_retention(Rule("answers", about, days=365, floor=90, ceiling=365 * 3, purge=forget_answers))
