"""A rule as a tree in words, as members will read it: for the page of a level, and for the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.progression import kinds
from courses.progression.engine import check
from courses.progression.explain import need
from courses.progression.models import LevelRule, Requirement
from courses.progression.names import Names, names_on
from courses.progression.record import MemberRecord
from courses.progression.trees import FOLLOWED
from lms.periods import today
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class Node:
    """One requirement in words. ``parts``: what stands in a group; ``instead``: what may replace it."""

    row: Requirement
    text: str
    is_group: bool
    is_first: bool
    is_last: bool
    parts: tuple[Node, ...] = ()
    instead: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """What a level requires, and the ways of renewing it (the group they stand in, when there are any)."""

    required: tuple[Node, ...]
    renewal: Node | None

    @property
    def ways(self) -> tuple[Node, ...]:
        """The ways of renewing."""
        return self.renewal.parts if self.renewal else ()


def tree_in_words(rule: LevelRule) -> Tree:
    """The whole rule. A constant number of queries, however many requirements."""
    rows = rows_of(rule)
    names = names_on(rule.valid_from)
    beneath: dict[int | None, list[Requirement]] = {}
    for row in rows:
        beneath.setdefault(row.parent_id, []).append(row)
    tops = beneath.get(None, [])
    required = [row for row in tops if row.part == Requirement.Part.REQUIRED]
    renewal = [row for row in tops if row.part == Requirement.Part.RENEWAL]
    return Tree(_nodes(required, beneath, names), next(iter(_nodes(renewal, beneath, names)), None))


def rows_of(rule: LevelRule) -> list[Requirement]:
    """The requirements of a rule in order, with what they are about at hand."""
    rows = list(Requirement.objects.filter(rule=rule))
    for kind, followed in FOLLOWED.items():
        prefetch_related_objects([row for row in rows if isinstance(row, kind)], followed)
    return rows


def _nodes(
    rows: Sequence[Requirement], beneath: Mapping[int | None, list[Requirement]], names: Names
) -> tuple[Node, ...]:
    """The rows in words, each with what lies beneath."""
    return tuple(
        Node(
            row,
            words_of(row, names),
            is_group=isinstance(row, kinds.AllOf | kinds.AnyOf | kinds.Equivalent),
            is_first=place == 0,
            is_last=place == len(rows) - 1,
            parts=_nodes([r for r in beneath.get(row.pk, ()) if not isinstance(r, kinds.Equivalent)], beneath, names),
            instead=_nodes([r for r in beneath.get(row.pk, ()) if isinstance(r, kinds.Equivalent)], beneath, names),
        )
        for place, row in enumerate(rows)
    )


def words_of(row: Requirement, names: Names) -> str:
    """One requirement in words."""
    if isinstance(row, kinds.AllOf):
        return _("All of this:")
    if isinstance(row, kinds.AnyOf):
        return ngettext("At least one of these:", "At least %(n)d of these:", row.least) % {"n": row.least}
    if isinstance(row, kinds.Equivalent):
        return _("May stand in for it: %(what)s, with all of this:") % {"what": in_language(row.title) or row.name}
    asked = names.named(row.as_rule(()))  # type: ignore[attr-defined]
    words = need(check(asked, MemberRecord(0, today())))
    return words[:1].upper() + words[1:]
