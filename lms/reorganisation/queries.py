"""What the pages of a reorganisation show."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit, UnitParent
from lms.reorganisation.gathering import decision_of, facts_for
from lms.reorganisation.holding import REORGANISE, held_by
from lms.reorganisation.models import Change, Reorganisation
from lms.reorganisation.plan import draw_plan

Kind = Change.Kind


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the mapping in words."""

    change: Change
    text: str
    share: str


@dataclass(frozen=True, slots=True)
class Done:
    """What applying did, counted from its ledger."""

    moved: int
    closed: int
    made: int
    terms: int


def reorganisations_for(person: Member) -> list[Reorganisation]:
    """Those a person may see, newest day first. 404 for whoever reorganises nothing."""
    if not access.holds(person, REORGANISE):
        raise Http404
    return held_by(person, rows=Reorganisation.objects.select_related("by"))


def reorganisation_or_404(public_id: uuid.UUID, *, to: Member, state: str = "") -> Reorganisation:
    """One that a person holds every unit of; in a given state when the page is only for that."""
    row = get_object_or_404(Reorganisation, public_id=public_id)
    is_wrong = bool(state) and (row.state == Reorganisation.State.APPLIED) != (state == Reorganisation.State.APPLIED)
    if is_wrong or not held_by(to, rows=[row]):
        raise Http404
    return row


def rows_of(reorganisation: Reorganisation) -> list[RowShown]:
    """The mapping, row by row. Four queries."""
    changes = list(
        reorganisation.changes.select_related("unit", "target", "target_new").prefetch_related(
            "municipalities", "by_hand"
        )
    )
    shared = _shared_names(reorganisation, changes)
    return [RowShown(change, _in_words(change, shared), _share_in_words(change)) for change in changes]


def _shared_names(reorganisation: Reorganisation, changes: Iterable[Change]) -> set[str]:
    """The names in these rows that more than one unit bears that day: those need the number too. One query."""
    new = {change.target_new.pk: change.target_new.name for change in changes if change.target_new}
    known = {unit.pk: unit.name for change in changes for unit in (change.unit, change.target) if unit}
    named = Unit.objects.on(reorganisation.on).filter(name__in={*new.values(), *known.values()})
    borne = Counter((known | dict(named.values_list("pk", "name"))).values()) + Counter(new.values())
    return {name for name, units in borne.items() if units > 1}


def _in_words(change: Change, shared: Collection[str]) -> str:
    goes_to = _target_name(change, shared)
    number = _("number %(code)s") % {"code": change.code} if change.code else ""
    new = [part for part in (change.name, number) if part]
    is_same = change.target_id == change.unit_id
    words = {
        Kind.MERGE: _("%(unit)s becomes part of %(target)s"),
        Kind.SPLIT: _("%(unit)s itself goes on") if is_same else _("Part of %(unit)s goes to %(target)s"),
        Kind.MOVE: _("%(unit)s is laid under %(target)s"),
        Kind.RENAME: _("%(unit)s is called %(new)s") if change.name else _("%(unit)s gets %(new)s"),
        Kind.CLOSE: _("%(unit)s closes; its people go to %(target)s") if goes_to else _("%(unit)s closes"),
        Kind.REESTABLISH: _("%(unit)s is re-established as %(target)s"),
    }[Kind(change.kind)]
    return words % {"unit": _called(change.unit, shared), "target": goes_to, "new": ", ".join(new)}


def _target_name(change: Change, shared: Collection[str]) -> str:
    if change.target_new is not None:
        told = {"name": change.target_new.name, "code": change.target_new.code}
        words = _("%(name)s (new, number %(code)s)") if told["name"] in shared else _("%(name)s (new)")
        return words % told
    return _called(change.target, shared) if change.target else ""


def _called(unit: Unit, shared: Collection[str]) -> str:
    """A unit's name; with its number where another is called the same."""
    return f"{unit.name} ({unit.code})" if unit.name in shared else unit.name


def _share_in_words(change: Change) -> str:
    if change.kind != Kind.SPLIT:
        return ""
    parts = [unit.name for unit in change.municipalities.all()]
    if change.postal_codes:
        parts.append(_("postal codes %(codes)s") % {"codes": change.postal_codes})
    by_hand = len(change.by_hand.all())
    if by_hand:
        parts.append(_("%(number)s by hand") % {"number": by_hand})
    if change.is_rest:
        parts.append(_("everybody else"))
    return ", ".join(parts)


def children_of(unit: Unit, reorganisation: Reorganisation) -> list[Unit]:
    """The units right below a unit on the day."""
    links = UnitParent.objects.filter(parent=unit).exclude(valid_until__lte=reorganisation.on)
    return list(Unit.objects.filter(pk__in=links.values("unit")).order_by("name_key", "pk"))


def done_by(reorganisation: Reorganisation) -> Done:
    """What an applied reorganisation did. Four queries."""
    lines = reorganisation.ledger.all()
    units = lines.filter(table="unit")
    return Done(
        moved=lines.filter(table="membership").values("member").distinct().count(),
        closed=units.exclude(before={}).count(),
        made=units.filter(before={}).count(),
        terms=lines.filter(table="term").exclude(before={}).count(),
    )


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody of a split unit whom no rule places, or who was placed by hand."""

    member: Member
    unit: Unit
    chosen: Change | None
    choices: Sequence[tuple[Change, str]]


def people_to_place(reorganisation: Reorganisation, *, to: Member) -> list[Unplaced]:
    """People of split units who must be placed by hand, and those who have been; as far as ``to`` sees them."""
    decision = decision_of(reorganisation)
    plan = draw_plan(decision, facts_for(decision))
    lost = {
        person: problem.unit
        for problem in plan.problems
        if problem.unit is not None and problem.rule == "people_nowhere"
        for person in problem.people
    }
    splits = reorganisation.changes.filter(kind=Kind.SPLIT).select_related("unit", "target", "target_new")
    rows: dict[int, list[Change]] = {}
    chosen: dict[int, Change] = {}
    for change in splits.prefetch_related("by_hand"):
        rows.setdefault(change.unit_id, []).append(change)
        chosen |= {row.member_id: change for row in change.by_hand.all()}
    lost = {person: unit for person, unit in lost.items() if unit in rows}
    lost |= {person: change.unit_id for person, change in chosen.items()}
    shared = _shared_names(reorganisation, [change for some in rows.values() for change in some])
    people = access.visible(Member.objects.filter(pk__in=lost), to=to).order_by("name_key", "pk")
    return [
        Unplaced(
            member,
            rows[lost[member.pk]][0].unit,
            chosen.get(member.pk),
            [(change, _target_name(change, shared)) for change in rows[lost[member.pk]]],
        )
        for member in people
    ]
