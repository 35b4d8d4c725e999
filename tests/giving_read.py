"""The tables of docs/algorithms/renewal.md, read as the decision takes them."""

from __future__ import annotations

import datetime as dt

from courses.progression.gathering import held_by
from courses.progression.giving import Step, decide
from courses.progression.record import Given
from tests.rules_read import day, read_record, read_rule

REQUIRED = "all(course(a), paper(p, 70))"
WAYS = "all(any(1, all(course(r), paper(q, 70)), all(office(chair, 24, 48), course(s)), hours(12, 48), level(m)))"
NEWER, OLDER = 2, 1


def told(
    months: str, ways: str, awards: str, record: str, on: str, *, within: str = "–", ends: str = "–"
) -> tuple[str, str]:
    """What happens on a day, and when to look again, in the words of the table."""
    step = Step(
        level="l",
        level_id=1,
        rule_id=NEWER,
        decision="",
        required=read_rule(REQUIRED),
        renewal=read_rule(WAYS) if ways == "ways" else None,
        valid_months=None if months == "–" else int(months),
        lapses_unless_next_within=None if within == "–" else int(within),
        ends_older_on=None if ends == "–" else day(ends),
        after="m",
    )
    given = [read_award(words) for words in awards.replace("–", "").split(";") if words.strip()]
    person = read_record(record, on)
    levels = {**person.levels, **({"l": held_by(given, person.on)} if given else {})}
    outcome = decide([step], read_record(record, on, levels=levels), {"l": given} if given else {})
    happens = [f"{gift.origin}, until {shown(gift.until)}" for gift in outcome.gifts]
    happens += [f"ended on {end.on}" for end in outcome.ends]
    return "; ".join(happens) or "nothing", shown(outcome.look_on)


def read_award(text: str) -> Given:
    """``earned 2026-03-14..2030-03-14``; ``older`` is earned by an older rule."""
    origin, period = text.split()
    start, _, until = period.partition("..")
    rule = OLDER if origin == "older" else NEWER
    return Given(1, "award:l", day(start), day(until) if until else None, rule, "earned" if rule == OLDER else origin)


def shown(on: dt.date | None) -> str:
    """A day as the table writes it."""
    return on.isoformat() if on else "–"
