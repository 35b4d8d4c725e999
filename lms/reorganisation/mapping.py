"""What becomes of each unit, and whether the rows of a mapping can stand together. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.reorganisation.facts import Arrow, Decision, Facts, Key, Problem

MERGE, SPLIT, MOVE, RENAME, CLOSE, REESTABLISH = "merge", "split", "move", "rename", "close", "reestablish"
WHOLE = (MERGE, CLOSE)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a unit that people leave: whether it closes, and the arrows that lead away from it."""

    closes: bool
    arrows: tuple[Arrow, ...]

    @property
    def heirs(self) -> list[Key]:
        """The units that take over, the one with everybody else first."""
        rest_first = sorted(self.arrows, key=lambda arrow: not arrow.share.is_rest)
        return [arrow.target for arrow in rest_first if arrow.target is not None and arrow.target != arrow.unit]

    @property
    def main(self) -> Key | None:
        """Where it goes as a whole, or, split, everybody else; None when neither was said."""
        whole = [arrow.target for arrow in self.arrows if arrow.kind in WHOLE or arrow.share.is_rest]
        return whole[0] if whole else None


def fates(decision: Decision) -> dict[Key, Fate]:
    """The units that people leave. A split unit that is among its own targets goes on."""
    leaving: dict[Key, list[Arrow]] = defaultdict(list)
    for arrow in decision.arrows:
        if arrow.kind in (*WHOLE, SPLIT):
            leaving[arrow.unit].append(arrow)
    return {
        unit: Fate(closes=all(arrow.target != unit for arrow in arrows), arrows=tuple(arrows))
        for unit, arrows in leaving.items()
    }


def mapping_problems(decision: Decision, facts: Facts) -> list[Problem]:
    """Everything wrong with the mapping itself, whoever stands in the units."""
    found = fates(decision)
    return [
        *_used_twice(decision, found),
        *_targets(decision, facts, found),
        *_times(decision, facts, found),
        *_codes(decision, facts),
        *_circles(decision, facts, found),
    ]


def _used_twice(decision: Decision, found: Mapping[Key, Fate]) -> Iterator[Problem]:
    for unit, fate in found.items():
        kinds = Counter(arrow.kind for arrow in fate.arrows)
        targets = Counter(arrow.target for arrow in fate.arrows)
        is_mixed = len(kinds) > 1 or any(kinds[kind] > 1 for kind in WHOLE)
        if is_mixed or max(targets.values()) > 1:
            yield Problem("used_twice", unit)
        elif sum(arrow.share.is_rest for arrow in fate.arrows) > 1:
            yield Problem("two_rests", unit)
    for kind in (MOVE, RENAME):
        used = Counter(arrow.unit for arrow in decision.arrows if arrow.kind == kind)
        for unit, times in used.items():
            if times > 1 or (unit in found and found[unit].closes):
                yield Problem("used_twice", unit)


def _targets(decision: Decision, facts: Facts, found: Mapping[Key, Fate]) -> Iterator[Problem]:
    for arrow in decision.arrows:
        if arrow.kind == RENAME:
            if not (arrow.code or arrow.name):
                yield Problem("no_new_name", arrow.unit)
        elif arrow.target is None:
            if arrow.kind != CLOSE:
                yield Problem("no_target", arrow.unit)
        elif arrow.target == arrow.unit and arrow.kind != SPLIT:
            yield Problem("into_itself", arrow.unit)
        elif arrow.target in found and found[arrow.target].closes:
            yield Problem("target_closes", arrow.unit, other=arrow.target)
        if arrow.kind == SPLIT and arrow.share.is_empty:
            yield Problem("no_share", arrow.unit, other=arrow.target)
        if arrow.kind == REESTABLISH and arrow.target is not None and arrow.target > 0:
            yield Problem("target_not_new", arrow.unit, other=arrow.target)
    for new in decision.newcomers:
        if new.parent is not None and new.parent in found and found[new.parent].closes:
            yield Problem("target_closes", new.key, other=new.parent)


def _times(decision: Decision, facts: Facts, found: Mapping[Key, Fate]) -> Iterator[Problem]:
    on = decision.on
    closed = {arrow.unit for arrow in decision.arrows if arrow.kind == REESTABLISH}
    named = {key for a in decision.arrows for key in (a.unit, a.target) if key is not None and key > 0}
    named |= {new.parent for new in decision.newcomers if new.parent is not None and new.parent > 0}
    receiving = {arrow.target for arrow in decision.arrows} | {new.parent for new in decision.newcomers}
    for key in sorted(set(found) & facts.followed):
        yield Problem("twice_a_day", key)
    for key in sorted(named):
        unit = facts.units[key]
        closes = key in found and found[key].closes
        if key in closed:
            if unit.until is None or unit.until > on:
                yield Problem("still_open", key)
        elif unit.since > on or (closes and unit.since == on):
            yield Problem("not_yet", key)
        elif unit.until is not None and (unit.until <= on or closes or key in found or key in receiving):
            yield Problem("closed_already", key)


def _codes(decision: Decision, facts: Facts) -> Iterator[Problem]:
    renamed = {arrow.unit: arrow.code for arrow in decision.arrows if arrow.kind == RENAME and arrow.code}
    free = frozenset(renamed) if decision.on <= decision.today else frozenset()
    wanted = [*renamed.items(), *((new.key, new.code) for new in decision.newcomers)]
    count = Counter(code for _, code in wanted)
    for unit, code in wanted:
        holders = facts.codes.get(code, frozenset()) - {unit}
        taken = [holder for holder in holders if holder not in free or renamed.get(holder) == code]
        if taken or count[code] > 1:
            yield Problem("code_taken", unit, other=taken[0] if taken else None, code=code)


def _circles(decision: Decision, facts: Facts, found: Mapping[Key, Fate]) -> Iterator[Problem]:
    """Units that would stand under themselves on the day."""
    links = [row for row in facts.links if row.since <= decision.on and row.reaches(decision.on)]
    links = [row for row in links if not (row.fields["unit"] in found and found[row.fields["unit"]].closes)]
    above = {row.fields["unit"]: _parent_after(row.fields["unit"], row.at, found) for row in links}
    above |= {new.key: new.parent for new in decision.newcomers}
    above |= {arrow.unit: arrow.target for arrow in decision.arrows if arrow.kind == MOVE}
    for start in above:
        seen, at = {start}, above.get(start)
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at == start:
            yield Problem("circle", start)


def _parent_after(child: Key, parent: Key, found: Mapping[Key, Fate]) -> Key | None:
    if parent in found and (heir := heir_of_child(found[parent], child)) is not None:
        return heir
    return parent


def heir_of_child(fate: Fate, child: Key) -> Key | None:
    """Under which unit a child of a unit that people leave stands afterwards; None when nobody has said."""
    for arrow in fate.arrows:
        if arrow.kind in WHOLE or child in arrow.share.units:
            return arrow.target
    return fate.main if fate.closes or fate.main is not None else fate.arrows[0].unit
