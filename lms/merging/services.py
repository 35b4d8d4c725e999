"""Two records of one person become one, and two again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.services import request_job
from lms.keeping import forget
from lms.members.models import Member
from lms.merging.access import demand_merging, demand_undoing
from lms.merging.ledger import do, made_line
from lms.merging.models import Merge, MergeLine, NotSamePerson
from lms.merging.notices import tell_of_merge
from lms.merging.person import Remaining, remaining
from lms.merging.planning import Plan, make_plan
from lms.merging.queries import PAIRS
from lms.merging.registry import rules
from lms.merging.relations import rows_of
from lms.merging.undoing import CannotUndo, walk_back
from lms.organisation.leaving import END_SESSIONS
from lms.organisation.services import project_groups
from lms.organisation.signals import members_merged, members_unmerged

LONGEST_REASON = 200
ACT, UNDO, APART = "merge_members", "undo_merge", "keep_apart"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: the plan, what the person is called and reached by after it, what to think of."""

    plan: Plan
    remains: list[Remaining]
    refusal: str


def preview_merge(*, kept: Member, absorbed: Member, by: Member) -> Preview:
    """What merging ``absorbed`` into ``kept`` would do; nothing is written. Raises as merging would."""
    demand_merging(kept=kept, absorbed=absorbed, by=by)
    plan = make_plan(kept, absorbed)
    return Preview(plan, remaining(plan.pair, plan.in_register), refusal_of(plan))


def refusal_of(plan: Plan) -> str:
    """Why two records cannot be merged now, or ''."""
    kept, absorbed = plan.pair.kept, plan.pair.absorbed
    if kept.pk == absorbed.pk:
        return _("These are one and the same record.")
    if plan.in_register == {kept.pk, absorbed.pk} and kept.member_number and absorbed.member_number:
        return _(
            "Both are members in the member register, with a number each: %(one)s and %(other)s. "
            "Have one of them ended there first. Otherwise the next import brings it back as a new person."
        ) % {"one": kept.member_number, "other": absorbed.member_number}
    gone = Merge.objects.filter(absorbed__in=[kept, absorbed], undone_at=None).exists()
    return _("One of the two has been merged into another record already.") if gone else ""


@transaction.atomic
def merge_members(*, kept: Member, absorbed: Member, reason: str, by: Member) -> Merge:
    """Make one of two records: all that hangs on ``absorbed`` follows to ``kept``, and what both have is there once.

    Raises PermissionDenied unless ``by`` may (see ``access``), ValidationError when the two
    cannot be merged now or no reason is given. The person is told. Announces ``members_merged``; what
    follows from it at once (a level the two halves earn together) is written down too, so that undo finds it.
    """
    _lock(kept, absorbed)
    kept, absorbed = Member.objects.get(pk=kept.pk), Member.objects.get(pk=absorbed.pk)
    demand_merging(kept=kept, absorbed=absorbed, by=by)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ValidationError({"reason": _("Write in a sentence how you know that this is one person.")})
    plan = make_plan(kept, absorbed)
    if why := refusal_of(plan):
        raise ValidationError(why)
    number = absorbed.member_number or ""
    merge = Merge.objects.create(kept=kept, absorbed=absorbed, by=by, reason=reason.strip(), former_number=number)
    do(plan.steps, merge=merge)
    _settle(kept, absorbed)
    before = _derived(kept)
    members_merged.send(Merge, kept=kept.pk, absorbed=absorbed.pk)
    _write_down_what_came_of_it(merge, before)
    keys = {"kept": str(kept.public_id), "absorbed": str(absorbed.public_id), "merge": str(merge.public_id)}
    for person in (kept, absorbed):
        record_act(ACT, by=by, subject=subject_key("member", person.public_id), **keys)
    tell_of_merge(merge, kept=Member.objects.get(pk=kept.pk))
    payload = {"members": [absorbed.pk]}
    request_job(kind=END_SESSIONS, key=f"{END_SESSIONS}:{uuid.uuid4()}", payload=payload, by=None)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Member) -> Merge:
    """Make two records again, each as it was; what has come since stays with the one that was kept.

    Raises PermissionDenied unless ``by`` may merge the two, ValidationError when it is undone
    already, too old, or something that has come since would be lost: it says what.
    """
    merge = Merge.objects.select_for_update().select_related("kept", "absorbed").get(pk=merge.pk)
    _lock(merge.kept, merge.absorbed)
    demand_undoing(kept=merge.kept, absorbed=merge.absorbed, by=by)
    if why := undo_refusal(merge):
        raise ValidationError(why)
    try:
        walk_back(merge.lines.all())
    except CannotUndo as cannot:
        raise ValidationError(words_for(cannot)) from cannot
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _settle(merge.kept, merge.absorbed)
    for person in (merge.kept, merge.absorbed):
        record_act(UNDO, by=by, subject=subject_key("member", person.public_id), merge=str(merge.public_id))
    members_unmerged.send(Merge, kept=merge.kept_id, absorbed=merge.absorbed_id)
    return merge


def undo_refusal(merge: Merge) -> str:
    """Why a merge cannot be undone whatever its rows say, or ''. Three queries."""
    if merge.undone_at is not None:
        return _("This is undone already.")
    both = [merge.kept_id, merge.absorbed_id]
    later = Merge.objects.filter(pk__gt=merge.pk, undone_at=None)
    if later.filter(models.Q(kept__in=both) | models.Q(absorbed__in=both)).exists():
        return _("The record has been merged again since. Undo the later merge first.")
    if not merge.lines.exists():
        return _("It is too long ago: what the merge changed is no longer kept.")
    return ""


def words_for(cannot: CannotUndo) -> str:
    """A refusal in a sentence."""
    rule = rules().get(cannot.what)
    what = str(rule.label) if rule and rule.label else str(cannot.what._meta.verbose_name)
    return _("Something has come since that would be lost: %(what)s (%(why)s).") % {"what": what, "why": cannot.why}


@transaction.atomic
def keep_apart(*, one: Member, other: Member, by: Member) -> NotSamePerson:
    """Remember that two records are two people, so that nobody is asked again. Twice is once."""
    demand_merging(kept=one, absorbed=other, by=by)
    first, second = sorted((one, other), key=lambda member: member.pk)
    row, is_new = NotSamePerson.objects.get_or_create(first=first, second=second, defaults={"by": by})
    if is_new:
        transaction.on_commit(partial(forget, PAIRS))
        for person in (one, other):
            record_act(APART, by=by, subject=subject_key("member", person.public_id))
    return row


@transaction.atomic
def ask_again(*, row: NotSamePerson, by: Member) -> None:
    """Take back that two records are two people."""
    demand_merging(kept=row.first, absorbed=row.second, by=by)
    for person in (row.first, row.second):
        record_act("ask_again", by=by, subject=subject_key("member", person.public_id))
    row.delete()
    transaction.on_commit(partial(forget, PAIRS))


def _lock(*people: Member) -> None:
    """Hold both rows: two who merge or undo at once wait for each other."""
    ids = sorted(person.pk for person in people)
    if len(Member.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk")) != len(set(ids)):
        raise PermissionDenied("one of the two is no longer there")


def _settle(*people: Member) -> None:
    """Draw the CMS groups anew, and forget what was kept of the two."""
    for person in people:
        project_groups(member=Member.objects.get(pk=person.pk))
        transaction.on_commit(partial(forget, f"member-{person.pk}"))
    transaction.on_commit(partial(forget, PAIRS))


def _derived(member: Member) -> dict[type[models.Model], set[int]]:
    """The keys of the person's rows that a merge may bring about."""
    found = [rule.model for rule in rules().values() if rule.derived]
    return {model: set(rows_of(model, member).values_list("pk", flat=True)) for model in found}


def _write_down_what_came_of_it(merge: Merge, before: dict[type[models.Model], set[int]]) -> None:
    lines = [
        made_line(merge, row, MergeLine.Act.DERIVED)
        for model, known in before.items()
        for row in rows_of(model, merge.kept).exclude(pk__in=known)
    ]
    MergeLine.objects.bulk_create(lines)
