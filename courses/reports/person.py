"""What the page of a person tells an administrator about learning: levels held, certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.models import Credential
from certificates.queries import Verdict, verdict_on
from courses.progression.models import Award
from courses.progression.queries import end_of, longest
from lms.directory.sections import register_section
from lms.members.models import Member
from lms.organisation import access


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate: what it says, and what it is worth on the day."""

    credential: Credential
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level a person holds or held: by the award that lasts longest, and how it came to last so long.

    ``renewed``: the day it was last renewed; ``decision``: that made it last longer, or ended it.
    """

    award: Award
    reached: dt.date
    renewed: dt.date | None
    until: dt.date | None
    is_lapsed: bool
    is_ended: bool
    decision: str


def learning_of(member: Member, reader: Member, on: dt.date) -> dict[str, Any] | None:
    """Levels and certificates as far as the reader may see them; None when there are none. Five queries."""
    seen = access.visible(Award.objects.counting(on).filter(member=member), to=reader)
    rows = seen.select_related("level__track", "extension", "ending")
    held: dict[int, list[Award]] = {}
    for award in rows.order_by("level__track", "level__order", "awarded_on", "pk"):
        held.setdefault(award.level_id, []).append(award)
    issued = access.visible(Credential.objects.filter(holder=member), to=reader).prefetch_related("log")
    lines = [Line(credential, verdict_on(credential, on)[0]) for credential in issued.order_by("-issued_on", "-pk")]
    if not held and not lines:
        return None
    levels = [_level_line(awards, on) for awards in held.values()]
    return {"levels": levels, "certificates": lines, "is_own": member == reader}


def _level_line(awards: Sequence[Award], on: dt.date) -> LevelLine:
    """A level by all its awards, the oldest first."""
    award = longest(awards) or awards[-1]
    until, ending = end_of(award), getattr(award, "ending", None)
    renewed = [one.awarded_on for one in awards if one.origin == Award.Origin.RENEWED]
    is_ended = ending is not None and ending.on == until
    extended = award.extension.decision if award.extension is not None else ""
    return LevelLine(
        award,
        reached=awards[0].awarded_on,
        renewed=renewed[-1] if renewed else None,
        until=until,
        is_lapsed=until is not None and until <= on,
        is_ended=is_ended,
        decision=ending.decision if is_ended and ending is not None else extended,
    )


def register_person() -> None:
    """Add the part to the page of a person, once, at start."""
    register_section(10, _("Levels and certificates"), "courses/reports/person.html", learning_of)
