"""Walking the lines of a merge backwards, and saying what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from lms.members.models import Member
from lms.merging.ledger import model_of, read, row_as_written, written
from lms.merging.models import MergeLine
from lms.merging.person import YIELDS
from lms.merging.registry import hold_on, rule_of

Act = MergeLine.Act


class CannotUndo(Exception):
    """Something has come since that undoing would lose. ``what`` names it, ``why`` says so in a word.

    ``detail`` is for those who read logs: columns, never what stood in them.
    """

    def __init__(self, what: type[models.Model], why: str, detail: str = "") -> None:
        super().__init__(f"{what.__name__}: {why} {detail}")
        self.what, self.why = what, why


def walk_back(lines: Iterable[MergeLine]) -> None:
    """Bring every row back to what it was before. Raises CannotUndo, having done nothing the caller keeps."""
    backwards = sorted(lines, key=lambda line: line.pk, reverse=True)
    _hold(backwards)
    for (act, _label), group in groupby(backwards, key=lambda line: (line.act, line.model)):
        rows = list(group)
        model = model_of(rows[0])
        if act == Act.CHANGED:
            _change_back(model, rows)
        elif act == Act.REMOVED:
            for line in rows:
                _bring_back(model, line)
        else:
            for line in rows:
                _take_back(model, line)


def _hold(lines: list[MergeLine]) -> None:
    """What came of the merge may have had consequences outside: rooms say so."""
    derived: dict[type[models.Model], list[str]] = {}
    for line in lines:
        if line.act == Act.DERIVED:
            derived.setdefault(model_of(line), []).append(line.row)
    for model, pks in derived.items():
        if why := hold_on(model, pks):
            raise CannotUndo(model, why)


def _change_back(model: type[models.Model], lines: list[MergeLine]) -> None:
    """Rows that changed go back, as far as nobody has changed them since; in lots that go alike."""
    yields = YIELDS if model is Member else rule_of(model).yields
    for _said, group in groupby(lines, key=lambda line: (line.before, line.after)):
        alike = list(group)
        names = list(alike[0].after)
        now = {
            str(row["pk"]): row
            for row in model._base_manager.filter(pk__in=[x.row for x in alike]).values("pk", *names)
        }
        wholly = []
        for line in alike:
            row = now.get(line.row)
            if row is None:
                continue  # gone since, by a rule of its own: nothing to give back
            is_as_left = {name: _same(row[name], line.after[name]) for name in names}
            if all(is_as_left.values()):
                wholly.append(row["pk"])
            elif later := {name for name, same in is_as_left.items() if not same} - yields:
                raise CannotUndo(model, _("changed since"), ", ".join(sorted(later)))
            else:
                rest = {name: line.before[name] for name, same in is_as_left.items() if same}
                _write(model, [row["pk"]], rest)
        _write(model, wholly, alike[0].before)


def _same(now: Any, left: Any) -> bool:
    return bool(written({"x": now})["x"] == left)


def _write(model: type[models.Model], pks: list[Any], values: dict[str, Any]) -> None:
    if not pks or not values:
        return
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=pks).update(**read(model, values))
    except IntegrityError as error:
        raise CannotUndo(model, _("its place has been taken since")) from error


def _bring_back(model: type[models.Model], line: MergeLine) -> None:
    """Write a row again, every column as it was: ``raw`` keeps Django from setting times of its own."""
    try:
        with transaction.atomic():
            model(**read(model, line.before)).save_base(raw=True, force_insert=True)
    except IntegrityError as error:
        raise CannotUndo(model, _("its place has been taken since")) from error


def _take_back(model: type[models.Model], line: MergeLine) -> None:
    """Take away a row that the merge made, unless something has come to rest on it."""
    row = model._base_manager.filter(pk=line.row).first()
    if row is None:
        return
    if row_as_written(row) != line.after:
        raise CannotUndo(model, _("changed since"))
    for relation in row._meta.related_objects:
        if relation.related_model._base_manager.filter(**{relation.field.attname: row.pk}).exists():
            raise CannotUndo(model, _("something rests on it"), relation.related_model._meta.label)
    model._base_manager.filter(pk=row.pk).delete()
