"""What has been: the awards a person was given of one level, and the rules the level has had."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from courses.progression.models import Award, Level, LevelRule
from lms.members.models import Member


@dataclass(frozen=True, slots=True)
class AwardShown:
    """One award. ``ends``: the day it ends or ended; ``by``: the decision that extended or ended it."""

    award: Award
    ends: dt.date | None
    by: str
    is_undone: bool


def awards_shown(member: Member, level: Level) -> list[AwardShown]:
    """Every award of a level a person was given, the newest first. One query."""
    rows = Award.objects.filter(member=member, level=level).select_related("rule", "extension", "ending")
    return [_shown(award) for award in rows.order_by("-awarded_on", "-pk")]


def _shown(award: Award) -> AwardShown:
    ending = getattr(award, "ending", None)
    if ending is not None:
        return AwardShown(award, ending.on, ending.decision, is_undone=False)
    extension = award.extension
    decision = extension.decision if extension is not None else ""
    return AwardShown(award, award.valid_until, decision, bool(extension and extension.undone_at))


def rules_shown(level: Level) -> list[LevelRule]:
    """The rules a level has or has had, and those adopted for later, the newest first. One query."""
    return list(LevelRule.objects.adopted().filter(level=level).order_by("-valid_from", "-pk"))
