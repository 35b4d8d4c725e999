"""The demo's framework, ladder and plan templates: those Tillit brings, adopted by a board that does not exist."""

from __future__ import annotations

import datetime as dt

from courses.progression.models import LevelRule
from courses.tracks.defaults import load_defaults

ADOPTED_ON = dt.date(2022, 1, 12)
DECISION = "Landsstyret, 12. januar 2022"


def load_ladder_of_demo() -> None:
    """Bring them in as adopted in 2022; twice is once."""
    if load_defaults(by=None, since=ADOPTED_ON).is_new:
        LevelRule.objects.filter(valid_from=ADOPTED_ON).update(decision=DECISION)
