"""A rule while it is drawn up: copied from the one in force, changed requirement by requirement, thrown away.

A draft counts for nothing. What has been adopted is never changed: a new draft takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.progression.kinds import AllOf, AnyOf, Equivalent
from courses.progression.models import Level, LevelRule, Requirement
from courses.tracks.copying import copy_tree
from courses.tracks.reach import demand_adopting
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.periods import today

Part = Requirement.Part
HOLDERS = (AllOf, AnyOf, Equivalent)
"""Kinds that have requirements beneath them; beneath the others stands only what may replace them."""
MOST = 80
"""A rule of more requirements than this can be explained to nobody."""


@transaction.atomic
def draft_rule(*, level: Level, by: Member | None) -> LevelRule:
    """Begin a draft: a copy of the newest rule that was adopted, or an empty one. A level has one draft at a time."""
    demand_adopting(by)
    Level.objects.select_for_update().get(pk=level.pk)
    waiting = LevelRule.objects.filter(level=level, adopted_at=None).first()
    if waiting is not None:
        return waiting
    source = LevelRule.objects.adopted().filter(level=level).order_by("-valid_from").first()
    draft = LevelRule.objects.create(level=level, decision="", valid_from=today(), adopted_at=None)
    if source is not None:
        for name in ("valid_months", "certificate", "certificate_course", "lapses_unless_next_within"):
            setattr(draft, name, getattr(source, name))
        draft.save()
        copy_tree(source, draft)
    record_act("draft_rule", by=by, subject=subject_key("level", level.key), rule=draft.pk)
    return draft


@transaction.atomic
def change_draft(*, rule: LevelRule, by: Member | None, **told: Any) -> LevelRule:
    """Say how long the level holds, within what time the next is to be reached, and about the certificate."""
    _demand_draft(rule, by)
    allowed = {"valid_months", "certificate", "certificate_course", "lapses_unless_next_within"}
    for name in allowed & told.keys():
        setattr(rule, name, told[name])
    rule.save(update_fields=sorted(allowed))
    _note("change_draft", rule, by)
    return rule


@transaction.atomic
def add_requirement(
    *,
    rule: LevelRule,
    kind: type[Requirement],
    told: Mapping[str, Any],
    part: str = Part.REQUIRED,
    under: Requirement | None = None,
    by: Member | None,
) -> Requirement:
    """Add a requirement at the end of what stands ``under`` a group (None: at the top of its part).

    What renews a level stands under one group, "at least one of these ways", made with the first.
    """
    _demand_draft(rule, by)
    if rule.requirements.count() >= MOST:
        raise ValidationError(_("A rule has at most %(most)d requirements.") % {"most": MOST})
    if under is None and part == Part.RENEWAL:
        under = _ways_of_renewing(rule)
    _demand_room(rule, kind, under)
    part = under.part if under is not None else part
    order = rule.requirements.filter(parent=under, part=part).count()
    row = kind.objects.create(rule=rule, parent=under, part=part, order=order, **told)
    _note("add_requirement", rule, by, kind=row.kind)
    return row


@transaction.atomic
def change_requirement(
    *, requirement: Requirement, told: Mapping[str, Any], under: Requirement | None, by: Member | None
) -> Requirement:
    """Change what a requirement says, and which group it stands in."""
    _demand_draft(requirement.rule, by)
    if (under.pk if under else None) != requirement.parent_id:
        _demand_room(requirement.rule, type(requirement), under)
        if under is not None and (under.part != requirement.part or under.pk in _beneath(requirement)):
            raise ValidationError(_("It cannot stand there: that group is a part of it, or of another list."))
        siblings = requirement.rule.requirements.filter(parent=under, part=requirement.part)
        requirement.parent, requirement.order = under, siblings.count()
    for name, value in told.items():
        setattr(requirement, name, value)
    requirement.save()
    _note("change_requirement", requirement.rule, by, kind=requirement.kind)
    return requirement


@transaction.atomic
def move_requirement(*, requirement: Requirement, steps: int, by: Member | None) -> None:
    """Move a requirement up (negative) or down among those beside it. The order is the reader's, nothing more."""
    _demand_draft(requirement.rule, by)
    beside = _beside(requirement)
    place = [row.pk for row in beside].index(requirement.pk)
    goal = min(max(place + steps, 0), len(beside) - 1)
    beside.insert(goal, beside.pop(place))
    for order, row in enumerate(beside):
        if row.order != order:
            Requirement.objects.non_polymorphic().filter(pk=row.pk).update(order=order)


@transaction.atomic
def remove_requirement(*, requirement: Requirement, by: Member | None) -> int:
    """Take a requirement away, with all beneath it. Returns how many rows went."""
    _demand_draft(requirement.rule, by)
    gone = _beneath(requirement)
    for pk in reversed(gone):
        Requirement.objects.get(pk=pk).delete()
    _note("remove_requirement", requirement.rule, by, kind=requirement.kind)
    return len(gone)


@transaction.atomic
def discard_draft(*, rule: LevelRule, by: Member | None) -> None:
    """Throw a draft away, with its previews. The rule in force is not touched."""
    _demand_draft(rule, by)
    subject = subject_key("level", rule.level.key)
    for root in Requirement.objects.filter(rule=rule, parent=None):
        for pk in reversed(_beneath(root)):
            Requirement.objects.get(pk=pk).delete()
    record_act("discard_draft", by=by, subject=subject, rule=rule.pk)
    rule.delete()


def _demand_draft(rule: LevelRule, by: Member | None) -> None:
    demand_adopting(by)
    if LevelRule.objects.select_for_update().get(pk=rule.pk).adopted_at is not None:
        raise ValidationError(_("A rule that was adopted is not changed. Begin a new draft from it."))


def _demand_room(rule: LevelRule, kind: type[Requirement], under: Requirement | None) -> None:
    """A group takes everything but a replacement; a plain requirement takes only a replacement."""
    if under is not None and under.rule_id != rule.pk:
        raise ValidationError(_("That group stands in another rule."))
    takes_parts = under is None or isinstance(under, HOLDERS)
    if (kind is Equivalent) is takes_parts:
        raise ValidationError(_("What may replace a requirement stands beneath it; everything else in a group."))


def _ways_of_renewing(rule: LevelRule) -> Requirement:
    found = Requirement.objects.filter(rule=rule, parent=None, part=Part.RENEWAL).first()
    return found or AnyOf.objects.create(rule=rule, part=Part.RENEWAL, least=1)


def _beside(requirement: Requirement) -> list[Requirement]:
    rows: Any = Requirement.objects.non_polymorphic().filter(
        rule=requirement.rule_id, parent=requirement.parent_id, part=requirement.part
    )
    return list(rows)


def _beneath(requirement: Requirement) -> list[int]:
    """The requirement and everything under it, from the top down."""
    rows: Sequence[tuple[int, int | None]] = list(
        Requirement.objects.non_polymorphic().filter(rule=requirement.rule_id).values_list("pk", "parent")
    )
    found = [requirement.pk]
    for pk in found:
        found += [child for child, parent in rows if parent == pk]
    return found


def _note(act: str, rule: LevelRule, by: Member | None, **details: Any) -> None:
    record_act(act, by=by, subject=subject_key("level", rule.level.key), rule=rule.pk, **details)
