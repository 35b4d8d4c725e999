"""Rules and records the way the pages of ``docs/algorithms/`` write them, read as the engine takes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from courses.progression import rules
from courses.progression.record import (
    Attendance,
    HeldLevel,
    HeldOffice,
    HoursDone,
    MemberRecord,
    Observation,
    PaperResult,
    ProvenLevel,
    Vouching,
    Waived,
)

BODIES = {"board", "executive", "nominating", "committee"}


def read_rule(text: str) -> Any:
    """``all(course(a), office(chair deputy, 6, 36))`` as a rule."""
    made, left = _read(text.strip())
    assert not left, f"left over: {left}"
    return made


def _read(text: str) -> tuple[Any, str]:
    word = re.match(r"[^(),]*", text).group().strip()
    rest = text[len(re.match(r"[^(),]*", text).group()) :]
    if not rest.startswith("("):
        return (int(word) if word.isdigit() else word), rest
    parts, rest = [], rest[1:]
    while not rest.startswith(")"):
        part, rest = _read(rest.lstrip(" ,"))
        if part != "":
            parts.append(part)
        rest = rest.lstrip(" ,")
    return KINDS[word](*parts), rest[1:]


def titled(key: str) -> dict[str, str]:
    """What a thing with a key is called in the examples."""
    return {"nb": key.upper()}


def _office(offices: str, months: int, within: int | str = "", places: str = "") -> rules.OfficeHeld:
    keys = () if offices == "any" else tuple(offices.split())
    words = tuple({"nb": key, "en": key} for key in keys)
    return rules.OfficeHeld(keys, words, months, within or None, tuple(places.split()))


KINDS: dict[str, Any] = {
    "course": lambda key: rules.CourseCompleted(key, titled(key)),
    "planned": lambda key: rules.CourseCompleted(key, titled(key), is_planned=True),
    "paper": lambda key, least: rules.PaperPassed(key, titled(key), least),
    "competence": lambda key, least: rules.CompetenceHeld(key, titled(key), least),
    "competences": rules.CompetenceCount,
    "level": lambda key: rules.LevelHeld(key, titled(key)),
    "ever": lambda key: rules.LevelHeld(key, titled(key), or_lapsed=True),
    "office": _office,
    "session": lambda key, share: rules.SessionAttended(key, titled(key), share),
    "practice": lambda key, score, count=1, people=1: rules.PracticeObserved(key, titled(key), score, count, people),
    "hours": lambda least, within=None: rules.Hours(least, within),
    "taught": lambda least, within=None: rules.Hours(least, within, is_taught=True),
    "attested": lambda about, by="": rules.Attested(about, titled(about), tuple(by.split())),
    "all": lambda *parts: rules.AllOf(parts),
    "any": lambda least, *parts: rules.AnyOf(least, parts),
    "instead": lambda name, *needs: rules.Alternative(name, titled(name), needs),
    "keyed": lambda key, rule, *others: rules.Substitutable(key, rule, others),
}


def day(text: str) -> dt.date:
    """A day; one without a year is in 2026."""
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def _period(text: str) -> tuple[dt.date, dt.date | None]:
    start, _, until = text.partition("..")
    return day(start), day(until) if until else None


def read_record(text: str, on: str, **more: Any) -> MemberRecord:
    """``course a 03-01; chair 2024-01-01..2025-01-01 county`` as the record of person 1 on a day."""
    fields: dict[str, Any] = {
        "courses": {}, "papers": {}, "competences": {}, "levels": {}, "offices": [], "sessions": {},
        "practice": {}, "hours": [], "attestations": {}, "waivers": {},
    }  # fmt: skip
    for number, words in enumerate(filter(None, (part.split() for part in text.replace("–", "").split(";")))):
        _put(fields, words, f"{words[0]}:{number}")
    return MemberRecord(1, day(on), **{**fields, **more})


def _put(fields: dict[str, Any], words: list[str], key: str) -> None:
    match words:
        case ["competence", name, level, *days]:
            until = day(days.pop()[2:]) if days and days[-1].startswith("..") else None
            since = tuple(None if one == "never" else day(one) for one in [*days, *["never"] * (4 - len(days))])
            fields["competences"][name] = ProvenLevel(int(level), since, until)
        case ["level", name, period]:
            start, until = _period(period)
            fields["levels"][name] = HeldLevel(start, until, f"level:{name}", start)
        case ["session", name, share, on]:
            fields["sessions"].setdefault(name, []).append(Attendance(int(share), day(on), key))
        case ["seen", name, score, on, *by]:
            observer = int(by[0]) if by else None
            fields["practice"].setdefault(name, []).append(Observation(int(score), day(on), observer, key))
        case ["hours" | "taught" as kind, amount, on]:
            fields["hours"].append(HoursDone(float(amount), day(on), key, is_taught=kind == "taught"))
        case ["attested", about, on, *by]:
            fields["attestations"].setdefault(about, []).append(Vouching(frozenset(by), day(on), key))
        case ["waiver", about, period]:
            fields["waivers"].setdefault(about, []).append(Waived(*_period(period), key))
        case ["term", office, period, *places]:
            body = next((place for place in places if place in BODIES), "board")
            kind = next((place for place in places if place not in BODIES | {"own"}), "local")
            held = HeldOffice(office, *_period(period), body, kind, key, is_national="own" not in places)
            fields["offices"].append(held)
        case [name, on]:
            fields["courses"][name] = day(on)
        case [name, percent, on]:
            fields["papers"].setdefault(name, []).append(PaperResult(int(percent), day(on)))


def written(rule: Any) -> str:
    """A rule the way the page writes it."""
    match rule:
        case rules.CourseCompleted():
            return f"course({rule.course})"
        case rules.PaperPassed():
            return f"paper({rule.paper}, {rule.least_percent})"
        case rules.AllOf():
            return f"all({', '.join(map(written, rule.parts))})"
        case rules.AnyOf():
            return f"any({', '.join([str(rule.least), *map(written, rule.parts)])})"
    raise TypeError(rule)
