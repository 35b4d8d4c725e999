"""What a draft would mean for everybody, reckoned as a job before anybody may adopt it.

Nothing is awarded and nobody loses anything here: a line is written for each person for whom
the draft would change something, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.progression.models import LevelRule, Requirement
from courses.tracks.fingerprint import fingerprint
from courses.tracks.models import PreviewLine, RulePreview
from courses.tracks.problems import problems_of
from courses.tracks.reach import demand_adopting
from courses.tracks.reckoning import Outcome, effects, question_of
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.portions import in_portions
from lms.jobs.registry import Onward, job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.periods import today

KIND = "preview_rule"


def print_of(rule: LevelRule) -> str:
    """The fingerprint of a draft as it is now."""
    return fingerprint(rule, Requirement.objects.filter(rule=rule))


@transaction.atomic
def ask_preview(*, rule: LevelRule, by: Member) -> RulePreview:
    """Have the effect of a draft reckoned. One that is under way for the same draft is given instead of a new one.

    Raises ValidationError when the draft cannot be adopted as it stands (an empty group).
    """
    demand_adopting(by)
    rule = LevelRule.objects.select_for_update().select_related("level").get(pk=rule.pk)
    if rule.adopted_at is not None:
        raise ValidationError(_("This rule has been adopted already."))
    problems = problems_of(Requirement.objects.filter(rule=rule))
    if problems:
        raise ValidationError(problems)
    mark = print_of(rule)
    under_way = RulePreview.objects.filter(
        rule=rule, fingerprint=mark, finished_at=None, job__state__in=(Job.State.QUEUED, Job.State.RUNNING)
    ).first()
    if under_way is not None:
        return under_way
    preview = RulePreview.objects.create(rule=rule, by=by, fingerprint=mark)
    preview.job = request_job(
        kind=KIND, key=f"{KIND}:{preview.public_id}", payload={"preview": str(preview.public_id)}, by=by
    )
    preview.save(update_fields=["job"])
    record_act("preview_rule", by=by, subject=subject_key("level", rule.level.key), rule=rule.pk)
    return preview


def matching_preview(rule: LevelRule) -> RulePreview | None:
    """The newest finished preview that speaks of the draft as it is now."""
    done = RulePreview.objects.filter(rule=rule, finished_at__isnull=False, fingerprint=print_of(rule))
    return done.order_by("-finished_at").first()


@job_kind(
    KIND,
    title=gettext_lazy("Looking over a new rule"),
    onward=lambda job: Onward(_("Look over"), reverse("rule_preview", args=[job.payload["preview"]])),
)
def run(claim: Claimed) -> Mapping[str, Any]:
    """Reckon for everybody. A draft that has been changed since it was asked for ends it: its numbers mean nothing."""
    preview = (
        RulePreview.objects.select_related("rule__level__track").filter(public_id=claim.payload["preview"]).first()
    )
    if preview is None or preview.rule.adopted_at is not None or print_of(preview.rule) != preview.fingerprint:
        return {"changed": 1}
    question = question_of(preview.rule, on=today())

    def act(ids: list[int]) -> Mapping[str, int]:
        rows = [
            PreviewLine(preview=preview, member_id=one.member_id, outcome=one.outcome, because=dict(one.because))
            for one in effects(question, ids)
        ]
        PreviewLine.objects.bulk_create(rows, batch_size=500)
        return {}

    gone_through = in_portions(claim, Member.objects.filter(is_active=True), act)
    return _finish(preview, gone_through["people"])


def _finish(preview: RulePreview, people: int) -> dict[str, int]:
    counts = preview.lines.aggregate(
        gains=Count("pk", filter=Q(outcome=Outcome.GAIN)), losses=Count("pk", filter=Q(outcome=Outcome.LOSE))
    )
    preview.people, preview.gains, preview.losses = people, counts["gains"], counts["losses"]
    preview.finished_at = timezone.now()
    preview.save(update_fields=["people", "gains", "losses", "finished_at"])
    return {"people": people, **counts}
