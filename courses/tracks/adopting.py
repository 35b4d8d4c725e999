"""A draft becomes the rule in force, by a decision; everybody is then evaluated by it.

Awards keep the rule they were given by. Nobody loses a level when a rule changes, unless the
decision itself says that awards by older rules end on a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.progression.models import LevelRule
from courses.progression.services import evaluate
from courses.progression.trees import forget_rules
from courses.tracks.models import RulePreview
from courses.tracks.previewing import print_of
from courses.tracks.reach import demand_adopting
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.portions import in_portions
from lms.jobs.registry import Onward, job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.periods import today

KIND, DAY = "adopted_rule", "rules_of_the_day"
CATCH_UP = dt.timedelta(days=30)
"""How long after the day a rule began, or older awards ended, a house that stood still still catches up."""


@transaction.atomic
def adopt_rule(
    *,
    rule: LevelRule,
    preview: RulePreview,
    decision: str,
    valid_from: dt.date,
    ends_older_on: dt.date | None = None,
    by: Member | None,
) -> LevelRule:
    """Adopt a draft from a day. The rule before it ends that day; its awards stay.

    Raises ValidationError, at the field where there is one, without a decision, when ``preview``
    is unfinished or speaks of another draft, or when the day lies before one that was decided on.
    """
    demand_adopting(by)
    rule = LevelRule.objects.select_for_update().select_related("level").get(pk=rule.pk)
    demand_looked_over(rule, preview)
    before = LevelRule.objects.adopted().filter(level=rule.level).order_by("-valid_from").first()
    check_terms(before=before, decision=decision, valid_from=valid_from, ends_older_on=ends_older_on)
    if before is not None and (before.valid_until is None or before.valid_until > valid_from):
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    rule.decision, rule.valid_from, rule.ends_older_on = decision.strip(), valid_from, ends_older_on
    rule.adopted_at, rule.adopted_by = timezone.now(), by
    rule.save()
    forget_rules()
    _note(rule, preview, by)
    if valid_from <= today():
        request_evaluation(rule, "begins", by=by)
    return rule


def demand_looked_over(rule: LevelRule, preview: RulePreview) -> None:
    """Raise ValidationError unless the preview is finished and speaks of the draft as it is."""
    if rule.adopted_at is not None:
        raise ValidationError(_("This rule has been adopted already."))
    if preview.rule_id != rule.pk or preview.finished_at is None or preview.fingerprint != print_of(rule):
        raise ValidationError(_("The draft has been changed since it was looked over. Look it over again first."))


def check_terms(*, before: LevelRule | None, decision: str, valid_from: dt.date, ends_older_on: dt.date | None) -> None:
    """Raise ValidationError at the field when the terms of an adoption do not hold together."""
    wrong: dict[str, str] = {}
    if not decision.strip():
        wrong["decision"] = _("Write who decided it, and when.")
    if before is not None and valid_from <= before.valid_from:
        words = _("Choose a day after %(day)s: the rule before it begins then.")
        wrong["valid_from"] = words % {"day": before.valid_from.strftime("%d.%m.%Y")}
    if ends_older_on is not None and ends_older_on <= max(today(), valid_from):
        wrong["ends_older_on"] = _("Choose a day ahead, after the rule begins: people must get time.")
    if wrong:
        raise ValidationError(wrong)


def _note(rule: LevelRule, preview: RulePreview, by: Member | None) -> None:
    record_act(
        "adopt_rule",
        by=by,
        subject=subject_key("level", rule.level.key),
        rule=rule.pk,
        decision=rule.decision,
        valid_from=rule.valid_from.isoformat(),
        ends_older_on=rule.ends_older_on.isoformat() if rule.ends_older_on else None,
        gains=preview.gains,
        losses=preview.losses,
    )


def request_evaluation(rule: LevelRule, why: str, *, by: Member | None) -> Job:
    """Have everybody evaluated because of a rule: the day it ``begins``, and the day awards by older rules end."""
    return request_job(kind=KIND, key=evaluation_key(rule, why), payload={"rule": rule.pk}, by=by)


def evaluation_key(rule: LevelRule, why: str) -> str:
    """The job's key: asked for twice it is the same job."""
    return f"{KIND}:{rule.pk}:{why}"


@job_kind(
    KIND,
    title=gettext_lazy("A new rule: everybody is evaluated"),
    onward=lambda job: Onward(_("To the rule"), reverse("rule_adopted", args=[job.payload["rule"]])),
)
def run(claim: Claimed) -> Mapping[str, Any]:
    """Evaluate everybody by the rules of the day, a thousand at a time."""

    def act(ids: list[int]) -> Mapping[str, int]:
        return {"awards": len(evaluate(member_ids=ids))}

    return in_portions(claim, Member.objects.filter(is_active=True), act)


@job_kind(DAY, title=gettext_lazy("Rules that begin today"))
def day_job(claim: Claimed) -> Mapping[str, Any]:
    """Have everybody evaluated for rules that begin today, or by which older awards end today."""
    day = today()
    window = (day - CATCH_UP, day)
    adopted = LevelRule.objects.adopted()
    due = [(rule, "begins") for rule in adopted.filter(valid_from__range=window)]
    due += [(rule, "ends") for rule in adopted.filter(ends_older_on__range=window)]
    for rule, why in due:
        request_evaluation(rule, why, by=None)
    return {"rules": len(due)}


register_daily(DAY)
