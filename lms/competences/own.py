"""A person's own map of what they can: what is proven and by what, what the office needs, and the next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.competences.drawing import Bars, Reached, bars, mean
from lms.competences.framework import EntryShown, FrameworkShown
from lms.competences.models import Evidence
from lms.competences.needs import Held, Wanted, offices_held, wanted_by
from lms.competences.queries import Standings, evidence_of, framework_on, profiles_of
from lms.competences.words import KIND_WORDS, place_words
from lms.members.models import Member
from lms.periods import today
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next in a competence: to which level, by which day, how, and whether the day is passed."""

    level: int
    name: str
    due: dt.date
    is_late: bool
    is_urgent: bool
    how: str


@dataclass(frozen=True, slots=True)
class Row:
    """One competence of one person."""

    key: str
    title: str
    level: int
    name: str
    descriptor: str
    until: dt.date | None
    own: int | None
    own_name: str
    needed: int
    step: Step | None
    proof: Evidence | None
    proof_word: str | Promise = ""


@dataclass(frozen=True, slots=True)
class AreaRows:
    """A branch of the framework with its competences; ``reached`` of them stand where the office needs."""

    title: str
    rows: tuple[Row, ...]
    needed: int
    reached: int


@dataclass(frozen=True, slots=True)
class OwnMap:
    """The whole map."""

    areas: tuple[AreaRows, ...]
    drawing: Bars
    sentence: str
    offices: tuple[Held, ...]
    first: tuple[Row, ...]
    needed: int
    reached: int
    proven: int
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what proves a competence: what kind, what it is called, when, to which level, by whom."""

    row: Evidence
    word: str | Promise
    label: str
    level_name: str
    giver: str
    standing: str = ""


@dataclass(frozen=True, slots=True)
class CompetencePage:
    """One competence of one person, with its ladder and what proves it."""

    row: Row
    area: str
    ladder: tuple[tuple[int, str, str], ...]
    lines: tuple[Line, ...]
    said: tuple[Line, ...]
    wanted: Wanted | None


FIRST = 3
"""How many next steps the page begins with."""


def map_of(member: Member, *, on: dt.date | None = None) -> OwnMap:
    """A person's map on a day. Five queries."""
    day = on or today()
    framework, standings = framework_on(day), profiles_of([member.pk])[member.pk]
    held = offices_held(member, day)
    wanted = wanted_by(held, day)
    best = _best(evidence_of(member))
    areas = []
    for area in framework.areas:
        rows = tuple(_row(entry, framework, standings, wanted.get(entry.key), best, day) for entry in area.entries)
        needed = [row for row in rows if row.needed]
        areas.append(AreaRows(str(area), rows, len(needed), sum(row.step is None for row in needed)))
    everything = [row for area in areas for row in area.rows]
    reached = [_reached(area) for area in areas]
    return OwnMap(
        areas=tuple(areas),
        drawing=bars(reached, comma=not (get_language() or "").startswith("en")),
        sentence=_sentence(reached),
        offices=tuple(held),
        first=tuple(_in_turn(everything)[:FIRST]),
        needed=sum(area.needed for area in areas),
        reached=sum(area.reached for area in areas),
        proven=sum(row.level > 0 for row in everything),
        is_empty=all(row.level == 0 and row.own is None for row in everything),
    )


def page_of(member: Member, key: str, *, on: dt.date | None = None) -> CompetencePage:
    """One competence of a person. Raises LookupError for one that there never was. Five queries."""
    day = on or today()
    framework, standings = framework_on(day), profiles_of([member.pk])[member.pk]
    entry = framework.entry(key)
    wanted = wanted_by(offices_held(member, day), day).get(key)
    ledger = evidence_of(member, key)
    lines = [line_of(row, framework) for row in reversed(ledger)]
    return CompetencePage(
        row=_row(entry, framework, standings, wanted, _best(ledger), day),
        area=next((str(area) for area in framework.areas if area.key == entry.area), ""),
        ladder=tuple((at, framework.level_name(at), in_language(text)) for at, text in enumerate(entry.descriptors)),
        lines=tuple(line for line in lines if line.row.kind != Evidence.Kind.SELF),
        said=tuple(line for line in lines if line.row.kind == Evidence.Kind.SELF),
        wanted=wanted,
    )


def line_of(row: Evidence, framework: FrameworkShown) -> Line:
    """A row of the ledger in words."""
    level = framework.level_name(row.level) if row.level is not None else ""
    label, giver = in_language(row.label), str(row.given_by) if row.given_by_id else ""
    return Line(row, KIND_WORDS.get(row.kind, row.kind), label, level, giver, place_words(row.given_as[:1]))


def _best(ledger: Iterable[Evidence]) -> dict[str, Evidence]:
    """What proves most of each competence: the highest level, the newest of several."""
    found: dict[str, Evidence] = {}
    for row in ledger:
        if row.competence is None or row.kind == Evidence.Kind.SELF:
            continue
        held = found.get(row.competence.key)
        if held is None or (row.level or 0, row.on) >= (held.level or 0, held.on):
            found[row.competence.key] = row
    return found


def _row(
    entry: EntryShown,
    framework: FrameworkShown,
    standings: Standings,
    wanted: Wanted | None,
    best: dict[str, Evidence],
    day: dt.date,
) -> Row:
    level, own, proof = standings.level_of(entry.key), standings.own_of(entry.key), best.get(entry.key)
    if proof is not None and (proof.level or 0) < level:
        proof = None  # time in office shows more
    following = wanted.next_after(level) if wanted else None
    step = None
    if following and wanted:
        due, to = following
        step = Step(to, framework.level_name(to), due, due < day, wanted.is_urgent and to <= 2, how_to(to))
    return Row(
        key=entry.key,
        title=str(entry),
        level=level,
        name=framework.level_name(level),
        descriptor=in_language(entry.descriptors[level]) if level < len(entry.descriptors) else "",
        until=standings.until_of(entry.key),
        own=own,
        own_name=framework.level_name(own) if own is not None else "",
        needed=wanted.level if wanted else 0,
        step=step,
        proof=proof,
        proof_word=KIND_WORDS.get(proof.kind, "") if proof else "",
    )


def how_to(level: int) -> str:
    """What leads to a level, in a sentence."""
    if level <= 2:
        return _("Take a course about it, or ask somebody to vouch for what you can already.")
    if level == 3:
        return _("A year in the office and somebody who vouches for you, or practice that somebody has seen.")
    return _("Somebody must have seen you teach others, or lead the work.")


def _in_turn(rows: Iterable[Row]) -> list[Row]:
    """The gaps in the order they are due; of one day the widest first."""
    gaps = [row for row in rows if row.step is not None]
    return sorted(gaps, key=lambda row: (row.step.due, row.level - row.needed) if row.step else ())


def _reached(area: AreaRows) -> Reached:
    """An area as the drawing shows it: over what the office needs, or over all of it without an office."""
    needed = [row for row in area.rows if row.needed]
    rows = needed or list(area.rows)
    return Reached(
        area.title, mean([row.level for row in rows]), mean([row.needed for row in needed]) if needed else None
    )


def _sentence(areas: Sequence[Reached]) -> str:
    """What the drawing shows, in one sentence."""
    if not areas:
        return ""
    best = max(areas, key=lambda area: area.level)
    gaps = [area for area in areas if area.needed is not None and area.needed > area.level]
    if not best.level:
        return _("Nothing is proven yet.")
    if not gaps:
        return _("You have come furthest in %(best)s.") % {"best": best.title}
    most = max(gaps, key=lambda area: (area.needed or 0) - area.level)
    return _("You have come furthest in %(best)s; the longest way to go is in %(most)s.") % {
        "best": best.title,
        "most": most.title,
    }
