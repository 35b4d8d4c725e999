"""Attempts of two records of one person, in the order they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from assessments.attempts.models import Attempt
from lms.merging.registry import Rows, register_rule
from lms.merging.steps import Pair, Removal, Step, change

OPEN = Attempt.State.OPEN


def attempts(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """All tries follow and are numbered by when they began. Of two that are open the one begun first goes:
    nothing of it was handed in.
    """
    papers: dict[int, list[Attempt]] = defaultdict(list)
    for row in (*kept, *absorbed):
        papers[row.paper_id].append(row)
    own = {row.pk for row in kept}
    for tries in papers.values():
        if all(row.pk in own for row in tries):
            continue
        tries.sort(key=lambda row: (row.started_at, row.pk))
        for row in [row for row in tries if row.state == OPEN][:-1]:
            yield Removal(row)
            tries.remove(row)
        yield from _numbered(tries, own, pair)


def _numbered(tries: list[Attempt], own: set[int], pair: Pair) -> Iterator[Step]:
    """Numbers rise from try to try, and none of the kept record's own falls: the highest is moved first,
    so that no number is ever somebody else's.
    """
    numbers: dict[int, int] = {}
    last = 0
    for row in tries:
        last = numbers[row.pk] = max(last + 1, row.number if row.pk in own else 0)
    for row in sorted(tries, key=lambda row: (row.pk not in own, -numbers[row.pk])):
        yield from change(row, number=numbers[row.pk], member_id=pair.kept.pk)


def register() -> None:
    """Say so, once, at start."""
    register_rule(Attempt, attempts, label=_("Tries at tests"))
