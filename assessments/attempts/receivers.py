"""What attempts hears from the bank."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from assessments.attempts.asked import forget_asked
from assessments.attempts.models import PaperQuestion
from assessments.bank.signals import question_written


@receiver(question_written, dispatch_uid="attempts_forgets_what_papers_ask")
def forget_papers_that_ask(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Papers that ask a rewritten question ask its new version from now on."""
    for paper_id in PaperQuestion.objects.filter(question__in=ids).values_list("paper", flat=True):
        transaction.on_commit(partial(forget_asked, paper_id))
