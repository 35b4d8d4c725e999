"""How long it is kept what a draft would have meant for whom, and what merging two records means for it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.tracks.models import PreviewLine, RulePreview
from lms.merging.registry import one_per, register_rule
from lms.privacy.retention import Rule, register_retention


def forget_previews(before: dt.datetime) -> int:
    """Previews of rules that were adopted before then, and those of drafts that nobody took up."""
    over = Q(rule__adopted_at__lt=before) | Q(rule__adopted_at=None, finished_at__isnull=False, asked_at__lt=before)
    return _forget(Q(asked_at__lt=before) & over)


def forget_unfinished(before: dt.datetime) -> int:
    """Previews that never came to an end."""
    return _forget(Q(finished_at=None, asked_at__lt=before))


def _forget(which: Q) -> int:
    """A draft that was thrown away takes its previews with it; this is for the rest."""
    return RulePreview.objects.filter(which).delete()[1].get(RulePreview._meta.label, 0)


def register() -> None:
    """Say so, once, at start."""
    about = "what a new rule for a level would have meant for whom, from the day the rule was adopted"
    register_retention(Rule("rule_previews", about, days=90, floor=30, ceiling=365, purge=forget_previews))
    about = "the same, where the work was stopped before it was done"
    register_retention(Rule("unfinished_rule_previews", about, days=30, floor=1, ceiling=90, purge=forget_unfinished))
    # Two records of one person are one person: the line of the record that stays is the one that counts.
    register_rule(PreviewLine, one_per("preview_id"), label=_("Effects of drafted rules"))
