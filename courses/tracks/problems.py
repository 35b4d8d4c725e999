"""What stands in the way of a draft: groups that nobody can meet, or that everybody does. Pure but for its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from courses.progression.kinds import AllOf, AnyOf, Equivalent
from courses.progression.models import Requirement


def problems_of(rows: Iterable[Requirement]) -> list[str]:
    """One sentence for each thing that must be put right before the draft can be looked over."""
    found = list(rows)
    parts = Counter(row.parent_id for row in found)
    problems = []
    for row in found:
        number = parts[row.pk]
        if isinstance(row, AllOf) and not number:
            problems.append(_("A group “all of this” is empty. Add something to it, or take it away."))
        elif isinstance(row, AnyOf) and number < row.least:
            words = _("A group asks for at least %(least)d of %(number)d. Add more to it, or ask for fewer.")
            problems.append(words % {"least": row.least, "number": number})
        elif isinstance(row, Equivalent) and not number:
            problems.append(_("A replacement asks for nothing. Say what may stand in, or take it away."))
    return problems
