"""What the units themselves are called, where they stand and who took over from whom. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.reorganisation.facts import Decision, Edit, Facts, Key, Problem, Row
from lms.reorganisation.mapping import MOVE, REESTABLISH, RENAME, WHOLE, Fate, heir_of_child
from lms.reorganisation.stays import carried, ended

__all__ = ["labelled", "linked", "succeeded"]


def labelled(decision: Decision, facts: Facts) -> Iterator[Edit]:
    """New names and numbers as dated labels; what the unit is called today is restated from them."""
    for arrow in decision.arrows:
        if arrow.kind != RENAME:
            continue
        unit, on = facts.units[arrow.unit], decision.on
        rows = facts.labels.get(arrow.unit, [])
        now = next((row for row in rows if row.since <= on and row.reaches(on)), None)
        old = now.fields if now else {"code": unit.code, "name": unit.name}
        new = {"code": arrow.code or old["code"], "name": arrow.name or old["name"]}
        until = now.until if now else unit.until
        if now is None and unit.since < on:
            yield Edit("label", None, {}, _dated(unit.id, old, unit.since, on))
        elif now is not None and now.since < on:
            yield Edit("label", now.id, {"valid_until": now.until}, {"valid_until": on})
        if now is not None and now.since == on:
            yield Edit("label", now.id, dict(old), new)
        else:
            yield Edit("label", None, {}, _dated(unit.id, new, on, until))
        is_called = on <= decision.today and (until is None or decision.today < until)
        before = {"code": unit.code, "name": unit.name}
        yield Edit("called", unit.id, before, new if is_called else before)


def _dated(unit: Key, label: Mapping[str, str], since: object, until: object) -> dict[str, object]:
    return {"unit": unit, **label, "valid_from": since, "valid_until": until}


def linked(decision: Decision, facts: Facts, found: Mapping[Key, Fate]) -> tuple[list[Edit], list[Problem]]:
    """Parent links: closing units leave, children follow, moved units are laid where they go; (edits, problems)."""
    on = decision.on
    moved = {arrow.unit: arrow.target for arrow in decision.arrows if arrow.kind == MOVE}
    edits: list[Edit] = []
    lost: dict[Key, set[Key]] = {}
    for row in facts.links:
        child = row.fields["unit"]
        if not row.reaches(on):
            continue
        if child in found and found[child].closes:
            edits += ended("link", row, key="parent", on=on)
            continue
        to = _parent_after(row, moved, found, on)
        if to is None:
            lost.setdefault(row.at, set()).add(child)
        elif to != row.at:
            edits += carried("link", row, key="parent", to=to, on=on)
    for child, parent in moved.items():
        if not any(row.fields["unit"] == child and row.reaches(on) for row in facts.links):
            edits.append(_new_link(child, parent, on, facts.units[child].until))
    edits += [_new_link(new.key, new.parent, on, None) for new in decision.newcomers if new.parent is not None]
    return edits, [Problem("children_nowhere", unit, number=len(children)) for unit, children in sorted(lost.items())]


def _parent_after(row: Row, moved: Mapping[Key, Key | None], found: Mapping[Key, Fate], on: object) -> Key | None:
    child = row.fields["unit"]
    if child in moved and row.since <= on:  # type: ignore[operator]
        return moved[child]
    return heir_of_child(found[row.at], child) if row.at in found else row.at


def _new_link(child: Key, parent: Key | None, on: object, until: object) -> Edit:
    return Edit("link", None, {}, {"unit": child, "parent": parent, "valid_from": on, "valid_until": until})


def succeeded(decision: Decision, found: Mapping[Key, Fate]) -> Iterator[Edit]:
    """Who took over from whom. Of a split the heir of everybody else comes first: reports go by the order."""
    for unit, fate in found.items():
        whole = fate.arrows[0].kind in WHOLE
        for heir in fate.heirs:
            yield Edit("succession", None, {}, _followed(unit, heir, decision, in_part=not whole))
    for arrow in decision.arrows:
        if arrow.kind == REESTABLISH and arrow.target is not None:
            yield Edit("succession", None, {}, _followed(arrow.unit, arrow.target, decision, in_part=False))


def _followed(unit: Key, heir: Key, decision: Decision, *, in_part: bool) -> dict[str, object]:
    return {"predecessor": unit, "successor": heir, "on": decision.on, "in_part": in_part}
