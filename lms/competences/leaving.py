"""What does not go on with those who leave and keep their course history: what was said, asked and applied for.

Evidence of what they can stays with them. Their own view of it, whom they let see it, whom they
asked to vouch, and what they sent in to be recognised were for the time they belonged.
"""

from __future__ import annotations

from collections.abc import Mapping as Words
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lms.competences.models import AttestationRequest, Evidence, Mapping, MappingViewer, PriorLearning
from lms.competences.profiles import redraw_profiles
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.members.models import Leaving

FORGET = "forget_own_words"


@transaction.atomic
def forget_own_words() -> int:
    """Delete it for everybody who has left and keeps their history. Returns of how many people something went."""
    gone = Leaving.objects.filter(cancelled_at=None, keeps_history=True).values("member")
    said = Evidence.objects.filter(member__in=gone, kind=Evidence.Kind.SELF)
    rows = (
        said,
        Mapping.objects.filter(member__in=gone),
        MappingViewer.objects.filter(Q(member__in=gone) | Q(viewer__in=gone)),
        AttestationRequest.objects.filter(member__in=gone),
        PriorLearning.objects.filter(member__in=gone),
    )
    people = {pk for some in rows for pk in some.values_list("member", flat=True)}
    mapped = set(said.values_list("member", flat=True))
    for some in rows:
        some.delete()
    redraw_profiles(member_ids=mapped)
    return len(people)


@job_kind(FORGET, title=gettext_lazy("What is not kept of those who have left"))
def forget(claim: Claimed) -> Words[str, Any]:
    """Once a day: whoever changes their mind the same day has lost nothing."""
    return {"people": forget_own_words()}


register_daily(FORGET)
