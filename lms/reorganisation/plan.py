"""Mapping and facts → what is to be done. Pure: no database, clock or request.

Every rule stands in ``docs/algorithms/reorganisation.md`` with its table of examples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lms.reorganisation.facts import Arrow, Decision, Edit, Facts, Key, Newcomer, Problem, Row, Share
from lms.reorganisation.mapping import WHOLE, Fate, fates, mapping_problems
from lms.reorganisation.stays import brought_together, carried, ended
from lms.reorganisation.structure import labelled, linked, succeeded

__all__ = ["Plan", "draw_plan", "goes_with"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying would do. ``moves``: (from, to) → the people; rows are those that end or go on."""

    decision: Decision
    problems: tuple[Problem, ...]
    edits: tuple[Edit, ...]
    moves: Mapping[tuple[Key, Key], tuple[int, ...]] = field(default_factory=dict)
    bodies_ended: tuple[Row, ...] = ()
    bodies_carried: Mapping[int, Key] = field(default_factory=dict)
    terms_ended: tuple[Row, ...] = ()
    terms_carried: tuple[Row, ...] = ()
    rights_ended: tuple[tuple[str, Row], ...] = ()
    fates: Mapping[Key, Fate] = field(default_factory=dict)

    @property
    def newcomers(self) -> tuple[Newcomer, ...]:
        return self.decision.newcomers

    @property
    def touched(self) -> frozenset[Key]:
        """Every unit the plan is about, made ones (below zero) among them."""
        named = {key for a in self.decision.arrows for key in (a.unit, a.target) if key is not None}
        named |= {edit.after["unit"] for edit in self.edits if edit.table == "link" and "unit" in edit.after}
        return frozenset(named | {new.key for new in self.newcomers})


def draw_plan(decision: Decision, facts: Facts) -> Plan:
    """The plan, with its problems. A plan with problems is for showing, never for applying."""
    problems = mapping_problems(decision, facts)
    if problems:
        return Plan(decision, tuple(problems), (), fates=fates(decision))
    found = fates(decision)
    structure, lost_children = linked(decision, facts, found)
    people, moves, lost_people = _people(decision, facts, found)
    bodies, lost_bodies = _body_targets(decision, facts, found)
    terms = [row for row in facts.terms if row.reaches(decision.on)]
    leaving = [row for row in facts.bodies if row.reaches(decision.on)]
    rights = [(table, row) for table, row in facts.rights if row.reaches(decision.on)]
    edits = [
        *_closed(decision, facts, found),
        *labelled(decision, facts),
        *structure,
        *_bodies(decision, facts, leaving, bodies),
        *people,
        *_terms(decision, terms, bodies),
        *(edit for table, row in rights for edit in ended(table, row, key="unit", on=decision.on)),
        *succeeded(decision, found),
    ]
    return Plan(
        decision,
        problems=(*lost_children, *lost_people, *lost_bodies),
        edits=tuple(edits),
        moves=moves,
        bodies_ended=tuple(row for row in leaving if bodies[row.id] is None),
        bodies_carried={row.id: to for row in leaving if (to := bodies[row.id]) is not None},
        terms_ended=tuple(row for row in terms if bodies[row.at] is None),
        terms_carried=tuple(row for row in terms if bodies[row.at] is not None),
        rights_ended=tuple(rights),
        fates=found,
    )


def _closed(decision: Decision, facts: Facts, found: Mapping[Key, Fate]) -> Iterator[Edit]:
    for key, fate in found.items():
        if fate.closes:
            yield Edit("unit", key, {"valid_until": facts.units[key].until}, {"valid_until": decision.on})


def goes_with(share: Share, *, member: int, places: frozenset[Key], postal: str) -> int | None:
    """How strongly a share claims a person: 0 by hand, 1 by unit below, 2 by postal code, 3 as the rest; None not."""
    if member in share.by_hand:
        return 0
    if places & share.units:
        return 1
    if postal and any(first <= postal <= last for first, last in share.postal):
        return 2
    return 3 if share.is_rest else None


def _arrow_for(fate: Fate, row: Row, facts: Facts) -> Arrow | None:
    """The arrow a person of the unit follows."""
    if fate.arrows[0].kind in WHOLE:
        return fate.arrows[0]
    member = row.member or 0
    places, postal = facts.places.get(member, frozenset()), facts.postal.get(member, "")
    claims = [
        (claim, place)
        for place, arrow in enumerate(fate.arrows)
        if (claim := goes_with(arrow.share, member=member, places=places, postal=postal)) is not None
    ]
    return fate.arrows[min(claims)[1]] if claims else None


def _people(
    decision: Decision, facts: Facts, found: Mapping[Key, Fate]
) -> tuple[list[Edit], dict[tuple[Key, Key], tuple[int, ...]], list[Problem]]:
    """Memberships: (edits, who moves, whom nobody has given a place)."""
    coming: dict[tuple[int, Key], list[Row]] = defaultdict(list)
    there: dict[tuple[int, Key], list[Row]] = defaultdict(list)
    lost: dict[Key, set[int]] = defaultdict(set)
    moves: dict[tuple[Key, Key], set[int]] = defaultdict(set)
    for row in facts.stays:
        member, fate = row.member or 0, found.get(row.at)
        if fate is None or not row.reaches(decision.on):
            there[member, row.at].append(row)
            continue
        arrow = _arrow_for(fate, row, facts)
        if arrow is None or arrow.target is None:
            lost[row.at].add(member)
        elif arrow.target == row.at:
            there[member, row.at].append(row)
        else:
            coming[member, arrow.target].append(row)
            moves[row.at, arrow.target].add(member)
    edits = [
        edit
        for (member, to), rows in sorted(coming.items())
        for edit in brought_together(rows, there[member, to], to=to, on=decision.on)
    ]
    problems = [
        Problem("people_nowhere", unit, number=len(who), people=tuple(sorted(who)))
        for unit, who in sorted(lost.items())
    ]
    return edits, {way: tuple(sorted(who)) for way, who in sorted(moves.items())}, problems


def _body_targets(
    decision: Decision, facts: Facts, found: Mapping[Key, Fate]
) -> tuple[dict[int, Key | None], list[Problem]]:
    """Where each body of a closing unit goes on; None where it ends.

    What was chosen holds. Otherwise a body ends with its unit, unless somebody has been elected
    to it for a time after the day: then it goes on where the unit goes.
    """
    targets: dict[int, Key | None] = {}
    problems = []
    for body in facts.bodies:
        later = sum(term.at == body.id and term.since >= decision.on for term in facts.terms)
        has_later = bool(later) or body.since >= decision.on
        if body.id in decision.bodies:
            targets[body.id] = decision.bodies[body.id]
        else:
            targets[body.id] = found[body.at].main if has_later else None
        if has_later and targets[body.id] is None:
            problems.append(Problem("body_begins_later", body.at, other=body.id, number=later))
    return targets, problems


def _bodies(decision: Decision, facts: Facts, bodies: Iterable[Row], to: Mapping[int, Key | None]) -> Iterator[Edit]:
    for row in bodies:
        target = to[row.id]
        if target is None:
            yield from ended("body", row, key="unit", on=decision.on)
            continue
        for edit in carried("body", row, key="unit", to=target, on=decision.on):
            made = {"key": -row.id} if edit.row is None else {}
            yield Edit("body", edit.row, edit.before, {**edit.after, **made})
        if row.since < decision.on:
            for office, number in facts.seats.get(row.id, []):
                yield Edit("seat", None, {}, {"body": -row.id, "office": office, "number": number})


def _terms(decision: Decision, terms: Iterable[Row], to: Mapping[int, Key | None]) -> Iterator[Edit]:
    for row in terms:
        if to[row.at] is None:
            yield from ended("term", row, key="body", on=decision.on)
        else:
            yield from carried("term", row, key="body", to=-row.at, on=decision.on)
