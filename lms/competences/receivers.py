"""What competences hears from below: whoever began or ended a term, or was merged, is drawn anew.

A reorganisation asks for nothing: evidence and profiles hang on people, and a term keeps the
body and the unit it was held in.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from lms.competences.profiles import redraw_profiles
from lms.organisation.models import Term
from lms.organisation.signals import members_merged, members_unmerged, term_ended, term_started


@receiver(term_started, dispatch_uid="competences_draws_after_term_started")
@receiver(term_ended, dispatch_uid="competences_draws_after_term_ended")
def draw_after_terms(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Draw those anew whose terms began or ended."""
    redraw_profiles(member_ids=Term.objects.filter(pk__in=ids).values_list("member", flat=True))


@receiver(post_save, sender=Term, dispatch_uid="competences_draws_after_a_term_is_written")
@receiver(post_delete, sender=Term, dispatch_uid="competences_draws_after_a_term_is_gone")
def draw_after_term(sender: Any, instance: Term, **kwargs: Any) -> None:
    """Draw the person anew: also a term that lies in the past, or was corrected, counts from now on."""
    redraw_profiles(member_ids=[instance.member_id])


@receiver(members_merged, dispatch_uid="competences_draws_after_a_merge")
@receiver(members_unmerged, dispatch_uid="competences_draws_after_an_unmerge")
def draw_after_merge(sender: Any, kept: int, absorbed: int, **kwargs: Any) -> None:
    """Draw both records anew: the rows of one have become the other's, or gone back."""
    redraw_profiles(member_ids=[kept, absorbed])
