"""What one reader is to a plan. The pages of a plan do not exist for those who may not see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404

from courses.planning import reach
from courses.planning.models import CompetencePlan
from courses.planning.queries import WITH
from lms.members.models import Member
from lms.organisation.models import Term
from lms.periods import today


@dataclass(frozen=True, slots=True)
class Sight:
    """A plan and its reader: whether it is their own, whether they keep it, whether they sit in its body."""

    plan: CompetencePlan
    reader: Member
    is_own: bool
    keeps: bool
    is_inside: bool

    @property
    def shows_names(self) -> bool:
        """Who is left is named within the body itself, to nobody else; and only while it is left to somebody.

        A closed plan is shown as it was, and those who sat there then may have gone.
        """
        is_bodys = self.plan.member_id is None and self.plan.body_id is not None
        return is_bodys and self.is_inside and self.plan.state != CompetencePlan.State.CLOSED

    @property
    def hides_few(self) -> bool:
        """Whether what so few have done that it points at them is kept from the reader: a unit's other officers."""
        return not self.keeps and self.plan.member_id is None and self.plan.body_id is None

    @property
    def changes(self) -> bool:
        """Whether the reader may change what it says: a keeper, and the person while it is a draft."""
        return self.keeps or (self.is_own and self.plan.state == CompetencePlan.State.DRAFT)


def sight_or_404(reader: Member, public_id: uuid.UUID) -> Sight:
    """A plan the reader may see, and what they are to it; others are not found. At most six queries."""
    seen = reach.plans_seen_by(reader).filter(public_id=public_id).select_related(*WITH)
    plan = seen.first()
    if plan is None:
        raise Http404
    own = plan.member_id == reader.pk
    inside = plan.body_id is not None and Term.objects.on(today()).filter(member=reader, body=plan.body_id).exists()
    return Sight(plan, reader, own, reach.may_keep(plan, reader), inside)


def kept_or_404(reader: Member, public_id: uuid.UUID) -> Sight:
    """A plan the reader keeps."""
    sight = sight_or_404(reader, public_id)
    if not sight.keeps:
        raise Http404
    return sight


def said_or_404(reader: Member, public_id: uuid.UUID) -> Sight:
    """A plan the reader has a say in: their own, or one they keep."""
    sight = sight_or_404(reader, public_id)
    if not (sight.is_own or sight.keeps):
        raise Http404
    return sight


def changed_or_404(reader: Member, public_id: uuid.UUID) -> Sight:
    """A plan the reader may change."""
    sight = sight_or_404(reader, public_id)
    if not sight.changes:
        raise Http404
    return sight
