"""Two records of one person: what was open for the one that goes is taken back; one person came once."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lms.joining.models import Arrival, Invitation, JoinCode
from lms.merging.registry import Rows, one_per, register_rule
from lms.merging.steps import Pair, Step, change, follow


def closed(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Links and codes follow, and no longer work: they were made for the record that is no more."""
    for row in absorbed:
        if row.used_at is None and row.withdrawn_at is None:
            yield from change(row, member_id=pair.kept.pk, withdrawn_at=pair.at)
        else:
            yield from follow(row, pair)


def register() -> None:
    """Say so, once, at start."""
    register_rule(Invitation, closed)
    register_rule(JoinCode, closed)
    register_rule(Arrival, one_per(), label=_("How the person came"))
