"""Who keeps tracks: rules are drawn up and adopted for the whole organisation, so only from its top."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Unit


def adopts_rules(person: Member) -> bool:
    """Whether a person may draw up and adopt rules: the right reaches the national organisation today."""
    return access.units_with(person, Right.KEEP_LEVELS).filter(kind=Unit.Kind.NATIONAL).exists()


def demand_adopting(by: Member | None) -> None:
    """Raise PermissionDenied unless ``by`` may draw up and adopt rules; None is the installation."""
    if by is not None and not adopts_rules(by):
        raise PermissionDenied("rules are drawn up and adopted for the whole organisation")


def adopter_or_404(person: Member) -> None:
    """The pages on drafts do not exist for anybody else."""
    if not adopts_rules(person):
        raise Http404


def keeper_or_404(person: Member) -> None:
    """Tracks and the rules in force are shown to whoever keeps levels somewhere."""
    if not access.holds(person, Right.KEEP_LEVELS):
        raise Http404
