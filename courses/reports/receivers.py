"""What reports hears from below: a level was awarded, and its rule may issue the certificate at once."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from certificates.services import Outcome, issue_certificates
from courses.progression.models import Award, LevelRule
from courses.progression.signals import level_awarded
from courses.reports.drafts import level_drafts
from lms.notifications.services import notify


@receiver(level_awarded, dispatch_uid="reports_issues_at_award")
def issue_at_award(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Issue the certificates of awards earned or renewed whose rule says "at the award"."""
    due = Award.objects.filter(
        pk__in=ids,
        origin__in=(Award.Origin.EARNED, Award.Origin.RENEWED),
        rule__certificate=LevelRule.Certificate.AT_AWARD,
    )
    waiting = list(due.values_list("pk", flat=True))
    if waiting:
        issued = issue_certificates(drafts=level_drafts(waiting), by=None)
        for issue in issued:
            if issue.outcome == Outcome.ISSUED:
                notify(
                    members=[issue.draft.holder], kind="certificate_ready", key=f"certificate:{issue.draft.award_key}"
                )
