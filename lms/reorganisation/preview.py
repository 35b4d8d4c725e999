"""What applying a draft would do, gathered for a reader: who moves, what ends, what follows, what is wrong."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.following import followers
from lms.organisation.models import Body, Office
from lms.organisation.words import right_word
from lms.reorganisation.applying import passage_of
from lms.reorganisation.dependants import what_depends_on
from lms.reorganisation.facts import Facts, Key, Row
from lms.reorganisation.gathering import decision_of, facts_for
from lms.reorganisation.models import Reorganisation
from lms.reorganisation.plan import Plan, draw_plan
from lms.reorganisation.words import dependant_in_words, problem_in_words


@dataclass(frozen=True, slots=True)
class Way:
    """How many people go from one unit to another; ``is_part`` of a split."""

    source: str
    target: str
    number: int


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body of a unit that closes: where it goes on, or None where it ends."""

    body: Body
    unit: str
    goes_to: str | None
    target: Key | None
    terms: int
    has_later: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody whose office or right ends or goes on. ``name`` is empty for one the reader may not see."""

    name: str
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything the preview shows."""

    plan: Plan
    names: Mapping[Key, str]
    problems: list[str]
    ways: list[Way]
    bodies: list[BodyLine]
    terms_ended: list[PersonLine]
    terms_carried: int
    rights_ended: list[PersonLine]
    follows: list[tuple[str | Promise, list[str | Promise]]] = field(default_factory=list)
    without_board: list[str] = field(default_factory=list)
    seen: list[uuid.UUID] = field(default_factory=list)

    @property
    def moving(self) -> int:
        """How many people move."""
        return len({member for who in self.plan.moves.values() for member in who})

    @property
    def closing(self) -> list[str]:
        """Units that close."""
        return sorted(self.names[key] for key, fate in self.plan.fates.items() if fate.closes)

    @property
    def made(self) -> list[str]:
        """Units that are made."""
        return [new.name for new in self.plan.newcomers]


def preview_reorganisation(reorganisation: Reorganisation, *, to: Member) -> Preview:
    """What applying would do, as ``to`` may see it. A fixed number of queries."""
    decision = decision_of(reorganisation)
    facts = facts_for(decision)
    plan = draw_plan(decision, facts)
    names = {key: unit.name for key, unit in facts.units.items()} | {new.key: new.name for new in plan.newcomers}
    bodies = {body.pk: body for body in Body.objects.filter(pk__in=[row.id for row in facts.bodies])}
    people = _people(plan, to)
    passage = passage_of(plan, {}, {})
    return Preview(
        plan=plan,
        names=names,
        problems=[problem_in_words(p, names, {key: body.name for key, body in bodies.items()}) for p in plan.problems],
        ways=[Way(names[a], names[b], len(who)) for (a, b), who in plan.moves.items()],
        bodies=_body_lines(plan, facts, names, bodies),
        terms_ended=_terms(plan.terms_ended, people, bodies, names),
        terms_carried=len(plan.terms_carried),
        rights_ended=[_right(table, row, people, names) for table, row in plan.rights_ended],
        follows=[(f.title, lines) for f in followers() if (lines := list(f.preview(passage)))],
        without_board=_without_board(plan, names, bodies),
        seen=sorted((member.public_id for member in people.values()), key=str),
    )


def _people(plan: Plan, to: Member) -> dict[int, Member]:
    """People whose offices or rights end, as far as the reader may see them."""
    ids = {row.member for row in plan.terms_ended} | {row.member for _, row in plan.rights_ended}
    seen = access.visible(Member.objects.filter(pk__in=[i for i in ids if i]), to=to)
    return {member.pk: member for member in seen}


def _terms(
    rows: Iterable[Row], people: Mapping[int, Member], bodies: Mapping[int, Body], names: Mapping[Key, str]
) -> list[PersonLine]:
    offices = {office.pk: str(office) for office in Office.objects.all()}
    return [
        PersonLine(
            _name(people, row), offices[row.fields["office"]], f"{bodies[row.at].name}, {names[bodies[row.at].unit_id]}"
        )
        for row in rows
    ]


def _right(table: str, row: Row, people: Mapping[int, Member], names: Mapping[Key, str]) -> PersonLine:
    return PersonLine(
        _name(people, row), right_word(row.fields["role" if table == "appointment" else "right"]), names[row.at]
    )


def _name(people: Mapping[int, Member], row: Row) -> str:
    member = people.get(row.member or 0)
    return str(member) if member else ""


def _body_lines(plan: Plan, facts: Facts, names: Mapping[Key, str], bodies: Mapping[int, Body]) -> list[BodyLine]:
    terms = Counter(row.at for row in facts.terms if row.reaches(plan.decision.on))
    lines = []
    for row in facts.bodies:
        if row.reaches(plan.decision.on):
            target = plan.bodies_carried.get(row.id)
            goes_to = names[target] if target is not None else None
            later = any(term.at == row.id and term.since >= plan.decision.on for term in facts.terms)
            lines.append(BodyLine(bodies[row.id], names[row.at], goes_to, target, terms[row.id], later))
    return lines


def _without_board(plan: Plan, names: Mapping[Key, str], bodies: Mapping[int, Body]) -> list[str]:
    """New units to which no board goes on: they need one."""
    with_board = {to for body, to in plan.bodies_carried.items() if bodies[body].kind == Body.Kind.BOARD}
    return [names[new.key] for new in plan.newcomers if new.key not in with_board]


@dataclass(frozen=True, slots=True)
class Moving:
    """One person who moves, for the list to download."""

    member: Member
    source: str
    target: str


def moving_people(reorganisation: Reorganisation, *, to: Member) -> list[Moving]:
    """Everybody who moves and whom the reader may see, by name."""
    decision = decision_of(reorganisation)
    facts = facts_for(decision)
    plan = draw_plan(decision, facts)
    names = {key: unit.name for key, unit in facts.units.items()} | {new.key: new.name for new in plan.newcomers}
    ids = {member for who in plan.moves.values() for member in who}
    people = {member.pk: member for member in access.visible(Member.objects.filter(pk__in=ids), to=to)}
    found = [
        Moving(people[member], names[a], names[b])
        for (a, b), who in plan.moves.items()
        for member in who
        if member in people
    ]
    return sorted(found, key=lambda one: (one.member.name_key, one.member.pk))


def why_not_undone(reorganisation: Reorganisation) -> list[str]:
    """Sentences on what depends on it; empty when it can be undone."""
    return [dependant_in_words(one) for one in what_depends_on(reorganisation)]
