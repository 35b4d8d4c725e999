"""What Tillit brings to begin with: framework, ladder and plan templates, loaded together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from courses.planning.loading import load_templates
from courses.planning.models import PlanTemplate
from courses.progression.loading import load_ladder
from courses.progression.models import LevelRule
from courses.progression.trees import forget_rules
from courses.tracks.reach import demand_adopting
from lms.competences.loading import load_framework
from lms.competences.models import Framework
from lms.members.models import Member


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new, of each kind. All 0: everything was there already."""

    framework: int
    ladder: int
    templates: int

    @property
    def is_new(self) -> bool:
        """Whether anything came in."""
        return bool(self.framework or self.ladder or self.templates)


@transaction.atomic
def load_defaults(*, by: Member | None, since: dt.date | None = None) -> Loaded:
    """Bring in what is missing of the framework, the ladder and the plan templates, to hold from ``since`` (today) on.

    What is there is left as it is, changed or not: loading twice changes nothing. Raises
    PermissionDenied unless ``by`` may adopt rules; ``by`` None is the installation.
    """
    demand_adopting(by)
    loaded = Loaded(
        framework=load_framework(by=by, since=since),
        ladder=load_ladder(by=by, since=since),
        templates=load_templates(by=by, since=since),
    )
    transaction.on_commit(forget_rules)
    return loaded


@dataclass(frozen=True, slots=True)
class There:
    """What there is already."""

    has_framework: bool
    has_rules: bool
    has_templates: bool

    @property
    def is_all(self) -> bool:
        """Whether there is nothing left to load."""
        return self.has_framework and self.has_rules and self.has_templates


def what_is_there() -> There:
    """What there is of the three. Three queries."""
    return There(Framework.objects.exists(), LevelRule.objects.exists(), PlanTemplate.objects.exists())
