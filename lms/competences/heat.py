"""The heat map of a body: who sits there, what the body needs together, and where each stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.competences.accounts import OFFICE_OF
from lms.competences.framework import EntryShown, FrameworkShown, framework_on
from lms.competences.models import MappingViewer
from lms.competences.queries import Need, Standings, Together, needs_of_body, needs_of_offices, profiles_of
from lms.competences.together import Judgement, Move, Needed, judge, judge_offices, moves
from lms.members.models import Member
from lms.organisation.models import Body, Term


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who sits in the body: what they are called among these people, and what they are elected to."""

    member: Member
    name: str
    offices: tuple[str, ...]
    needs: dict[str, Need]

    @property
    def initials(self) -> str:
        """Their letters."""
        return self.member.initials


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One competence with the verdict on it, and how each person stands."""

    entry: EntryShown
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What one person says of themselves in each competence of the page, in the same order."""

    person: Seated
    answers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The whole page. ``shared``: what the body needs together; ``others``: what its offices need besides."""

    body: Body
    framework: FrameworkShown
    people: tuple[Seated, ...]
    shared: tuple[HeatRow, ...]
    others: tuple[HeatRow, ...]
    moves: tuple[Move, ...]
    own_words: tuple[OwnWord, ...]

    @property
    def rows(self) -> tuple[HeatRow, ...]:
        """Every row."""
        return self.shared + self.others

    @property
    def said(self) -> list[tuple[EntryShown, tuple[int | None, ...]]]:
        """What is said of each competence by those who let it be seen, in the order of ``own_words``."""
        found = [(row.entry, tuple(one.answers[at] for one in self.own_words)) for at, row in enumerate(self.rows)]
        return [(entry, answers) for entry, answers in found if any(answer is not None for answer in answers)]


def heat_of(body: Body, *, reader: Member, on: dt.date) -> Heat:
    """The heat map of a body on the day, for a reader who may see it. Five queries, however many sit there.

    Levels are those that are proven. What people say of themselves is there only for a reader
    they have chosen, and apart.
    """
    framework, people = framework_on(on), _seated(body, on)
    standings = profiles_of([person.member.pk for person in people])
    together = needs_of_body(body.kind, on=on)
    rows = [row for entry in framework.entries if (row := _row(entry, people, standings, together)) is not None]
    shared = tuple(row for row in rows if row.judgement.is_shared)
    others = tuple(row for row in rows if not row.judgement.is_shared)
    return Heat(
        body=body,
        framework=framework,
        people=tuple(people),
        shared=shared,
        others=others,
        moves=tuple(moves(row.judgement for row in rows)),
        own_words=tuple(_own_words(people, standings, shared + others, reader)),
    )


def _seated(body: Body, on: dt.date) -> list[Seated]:
    """Who sits there, each once, in order of office. Two queries."""
    terms = list(
        Term.objects.on(on)
        .filter(body=body)
        .select_related("member", "office")
        .order_by("office__order", "office_id", "member__name_key", "pk")
    )
    keys = {term.pk: OFFICE_OF.get(body.kind) or _national(term) for term in terms}
    needs = needs_of_offices([(key, body.unit.kind) for key in keys.values() if key], on=on)
    held: dict[Member, list[Term]] = {}
    for term in terms:
        held.setdefault(term.member, []).append(term)
    firsts = [_first(member) for member in held]
    return [
        Seated(
            member,
            member.name if firsts.count(_first(member)) > 1 else _first(member),
            tuple(str(term.office) for term in own),
            _highest(need for term in own for need in needs.get((keys[term.pk], body.unit.kind), ())),
        )
        for member, own in held.items()
    ]


def _national(term: Term) -> str:
    return term.office.key if term.office.unit_id is None else ""


def _first(member: Member) -> str:
    return member.name.split(" ", maxsplit=1)[0] or "–"


def _highest(needs: Iterable[Need]) -> dict[str, Need]:
    found: dict[str, Need] = {}
    for need in needs:
        if need.competence_key not in found or found[need.competence_key].level < need.level:
            found[need.competence_key] = need
    return found


def _row(
    entry: EntryShown, people: Sequence[Seated], standings: dict[int, Standings], together: Sequence[Together]
) -> HeatRow | None:
    shared = [Needed(need.level, need.least) for need in together if need.competence_key == entry.key]
    asked = {at: person.needs[entry.key] for at, person in enumerate(people) if entry.key in person.needs}
    if not people or not (shared or asked):
        return None
    levels = tuple(standings[person.member.pk].level_of(entry.key) for person in people)
    asked_of = {at: need.level for at, need in asked.items()}
    return HeatRow(
        entry,
        Judgement(
            key=entry.key,
            area=entry.area,
            levels=levels,
            needs=tuple(shared),
            judged=judge(shared, levels) if shared else judge_offices(asked_of, levels),
            asked_of=asked_of,
            is_shared=bool(shared),
            is_urgent=any(need.is_urgent for need in asked.values()),
        ),
    )


def _own_words(
    people: Sequence[Seated], standings: dict[int, Standings], rows: Sequence[HeatRow], reader: Member
) -> list[OwnWord]:
    """What people say of themselves, of those who let the reader see it, and the reader's own. One query."""
    ids = [person.member.pk for person in people]
    shown = set(MappingViewer.objects.filter(viewer=reader, member__in=ids).values_list("member", flat=True))
    found = []
    for person in people:
        answers = tuple(standings[person.member.pk].own_of(row.entry.key) for row in rows)
        if (person.member.pk in shown or person.member == reader) and any(answer is not None for answer in answers):
            found.append(OwnWord(person, answers))
    return found
