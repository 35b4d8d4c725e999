"""How long papers are kept that went with an application: a year after the answer."""

from __future__ import annotations

import datetime as dt

from lms.competences.models import PriorDocument, PriorLearning
from lms.privacy.retention import Rule, register_retention

YEAR = 365


def forget_documents(before: dt.datetime) -> int:
    """Delete papers of applications that were answered before then. The application and its answer stay."""
    answered = (PriorLearning.State.ACCEPTED, PriorLearning.State.DECLINED)
    old = PriorDocument.objects.filter(application__state__in=answered, application__reviewed_at__lt=before)
    return old.delete()[0]


def register() -> None:
    """Say so, once, at start."""
    about = "papers of applications to have what one can recognised, after the answer"
    register_retention(Rule("prior_documents", about, YEAR, floor=90, ceiling=2 * YEAR, purge=forget_documents))
