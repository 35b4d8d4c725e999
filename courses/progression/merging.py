"""Levels of two records of one person: every award follows, one a day for each level."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from certificates.models import Credential
from courses.progression.models import Award, NextLook
from lms.merging.registry import Rows, register_rule
from lms.merging.steps import Pair, Removal, Step, follow


def awards(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Every award follows. Two of one level on one day are the same award: the one a certificate rests on stays,
    the kept record's when both or neither have one.
    """
    held = {(row.level_id, row.awarded_on): row for row in kept}
    twins = [(held[key], row) for row in absorbed if (key := (row.level_id, row.awarded_on)) in held]
    keys = [row.key for pair_of in twins for row in pair_of]
    printed = set(Credential.objects.filter(award_key__in=keys).values_list("award_key", flat=True)) if keys else set()
    goes = {(own if row.key in printed and own.key not in printed else row).pk for own, row in twins}
    yield from (Removal(row) for row in (*kept, *absorbed) if row.pk in goes)
    for row in absorbed:
        if row.pk not in goes:
            yield from follow(row, pair)


def looks(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """When to look again is found anew for the record that stays; the other's goes."""
    yield from (Removal(row) for row in absorbed)


def register() -> None:
    """Say so, once, at start."""
    register_rule(NextLook, looks, derived=True)
    register_rule(Award, awards, label=_("Levels reached"), derived=True)
