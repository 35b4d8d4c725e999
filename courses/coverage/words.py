"""What the columns of the totals are called, in the reader's language."""

from __future__ import annotations

from courses.progression.models import Level
from lms.competences.framework import framework_on

LEVEL = "level:"
"""What a column about a level of a track begins with; the rest are competences."""


def column_title(key: str) -> str | None:
    """The name of a level or a competence; None for what there never was."""
    if key.startswith(LEVEL):
        level = Level.objects.filter(key=key.removeprefix(LEVEL)).first()
        return str(level) if level else None
    entry = framework_on().known.get(key)
    return str(entry) if entry else None
