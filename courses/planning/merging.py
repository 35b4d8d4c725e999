"""Plans of two records of one person: all follow, and of two for one office in one body the kept record's goes on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from courses.planning.models import CompetencePlan
from courses.planning.reasons import REPLACED
from lms.merging.registry import Rows, register_rule
from lms.merging.steps import Pair, Step, change, follow

State = CompetencePlan.State


def plans(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Every plan follows. One that is open for an office and body the kept record has an open plan for is closed."""
    running = {_what_for(row) for row in kept if row.state != State.CLOSED and row.office_id is not None}
    for row in absorbed:
        if row.state != State.CLOSED and _what_for(row) in running:
            yield from change(
                row, member_id=pair.kept.pk, state=State.CLOSED, closed_on=pair.on, closed_reason=REPLACED
            )
        else:
            yield from follow(row, pair)


def _what_for(row: CompetencePlan) -> tuple[int | None, int | None]:
    return row.office_id, row.body_id


def register() -> None:
    """Say so, once, at start."""
    register_rule(CompetencePlan, plans, label=_("Plans"))
