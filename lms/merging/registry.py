"""What merging two records means for one's rows: rooms say so when they start.

Without a rule a row follows: its key is changed from the absorbed record to the kept one. A
model whose unique constraints name the person needs a rule, and a test walks the schema for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from lms.merging.steps import Change, Pair, Removal, Step, change, follow

Rows = Sequence[Any]
Resolve = Callable[[Pair, Rows, Rows], Iterable[Step]]
"""(pair, rows of the kept record, rows of the absorbed one) → what is done, in order. Asks the database nothing."""
Fold = Callable[[Any, Any], Mapping[str, Any]]
"""(the row that stays, its twin that goes) → columns of the one that stays."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the rows of one model are merged.

    ``label`` is what the preview calls them. ``yields`` names columns in which, at undo, what
    came later stands: nothing is lost by it. ``derived`` rows may come of the merge itself (a
    level that the two halves earn together) and go with it at undo.
    """

    model: type[models.Model]
    resolve: Resolve
    label: str | Promise = ""
    yields: frozenset[str] = frozenset()
    derived: bool = False


Hold = Callable[[Sequence[Any]], str]
"""(keys of derived rows) → why they can no longer be taken back, or ''."""

_rules: dict[type[models.Model], Rule] = {}
_holds: dict[type[models.Model], Hold] = {}


def register_rule(
    model: type[models.Model],
    resolve: Resolve | None = None,
    *,
    label: str | Promise = "",
    yields: Iterable[str] = (),
    derived: bool = False,
) -> None:
    """Say how rows of a model are merged; rooms do so when they start. Raises ValueError on a second rule."""
    rule = Rule(model, resolve or all_follow, label, frozenset(yields), derived)
    if model in _rules and _rules[model].resolve is not rule.resolve:
        raise ValueError(f"{model.__name__} has a rule already")
    _rules[model] = rule


def register_hold(model: type[models.Model], hold: Hold) -> None:
    """Say what keeps derived rows of a model from being taken back."""
    _holds[model] = hold


def rules() -> dict[type[models.Model], Rule]:
    """Every rule, by model."""
    return dict(_rules)


def rule_of(model: type[models.Model]) -> Rule:
    """The rule of a model: its own, or that every row follows."""
    return _rules.get(model) or Rule(model, all_follow)


def hold_on(model: type[models.Model], pks: Sequence[Any]) -> str:
    """Why derived rows can no longer be taken back, or ''."""
    return _holds[model](pks) if model in _holds else ""


def all_follow(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Change]:
    """Every row follows."""
    for row in absorbed:
        yield from follow(row, pair)


def all_stay(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Change]:
    """Nothing moves: the rows are drawn anew from others, or are the merges themselves."""
    yield from ()


def one_per(*names: str, fold: Fold | None = None) -> Resolve:
    """A rule: one row for each value of these columns. The kept record's stays, and takes what ``fold`` says."""

    def resolve(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
        held = {tuple(getattr(row, name) for name in names): row for row in kept}
        for row in absorbed:
            twin = held.get(tuple(getattr(row, name) for name in names))
            if twin is None:
                yield from follow(row, pair)
            else:
                yield Removal(row)
                yield from change(twin, **(fold(twin, row) if fold else {}))

    return resolve
