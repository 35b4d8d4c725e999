"""The tables of docs/algorithms/reorganisation.md, one test for each row."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

import pytest

from lms.organisation.rollup import Step, place
from lms.reorganisation.facts import Arrow, Decision, Facts, Newcomer, Row, Share, UnitFact
from lms.reorganisation.plan import draw_plan
from lms.reorganisation.stays import brought_together
from tests.tables import examples, shown

PAGE = "reorganisation.md"
ON = dt.date(2026, 1, 1)
KEYS = {"N": 1, "A": 2, "B": 3, "C": 4, "D": 5, "Z": 6, "F": 7, "X": -1, "Y": -2}
STATUS = {"m": "member", "s": "sympathiser"}


def year(text: str) -> dt.date | None:
    return dt.date(int(text), 1, 1) if text else None


def stays(text: str, at: int, first: int) -> list[Row]:
    """`m 2020-2025, s 2025-` → memberships in a unit."""
    found = []
    for number, part in enumerate([] if text == "-" else text.split(", ")):
        status, period = part.split()
        since, until = map(year, period.split("-"))
        assert since
        found.append(Row(first + number, at, since, until, {"status": STATUS[status]}, member=9))
    return found


@pytest.mark.parametrize("example", examples(PAGE, "Memberships that meet"), ids=shown)
def test_one_membership_a_day_where_several_meet(example: dict[str, str]) -> None:
    there, coming = stays(example["there"], 3, 1), stays(example["coming"], 2, 100)
    rows = {row.id: [row.at, row.since, row.until, row.fields["status"]] for row in (*there, *coming)}
    for number, edit in enumerate(brought_together(coming, there, to=3, on=ON)):
        after = dict(edit.after)
        if edit.row is None:
            rows[1000 + number] = [after["unit"], after["valid_from"], after["valid_until"], after["status"]]
        elif not after:
            del rows[edit.row]
        else:
            rows[edit.row][0] = after.get("unit", rows[edit.row][0])
            rows[edit.row][2] = after.get("valid_until", rows[edit.row][2])
    found = sorted(row[1:] for row in rows.values() if row[0] == 3)
    assert found == [[row.since, row.until, row.fields["status"]] for row in stays(example["after"], 3, 1)]


def facts(people: int = 1) -> Facts:
    """The organisation of the table: see its heading."""
    old, closed = dt.date(2018, 1, 1), dt.date(2019, 1, 1)
    lived = {"Z": (old, closed), "F": (dt.date(2030, 1, 1), None)}
    units = {
        key: UnitFact(key, name, name, *lived.get(name, (old, None))) for name, key in KEYS.items() if key > 0
    }  # fmt: skip
    parents = {"A": "N", "B": "N", "D": "N", "C": "A"}
    links = [Row(n, KEYS[p], old, None, {"unit": KEYS[c]}) for n, (c, p) in enumerate(parents.items(), 1)]
    here = [Row(n, KEYS["A"], old, None, {"status": "member"}, member=n) for n in range(1, people + 1)]
    return Facts(
        units=units, links=tuple(links), stays=tuple(here), codes={n: frozenset({k}) for n, k in KEYS.items() if k > 0}
    )


def arrow(text: str) -> Arrow:
    """`split A>X 8000-8099 C rest` → a row of the mapping."""
    kind, *rest = text.split()
    if kind == "rename":
        unit, code = rest[0].split("=")
        return Arrow(kind, KEYS[unit], code=code)
    unit, _, target = rest[0].partition(">")
    share = Share(
        units=frozenset(KEYS[word] for word in rest[1:] if word in KEYS),
        postal=tuple((w.split("-")[0], w.split("-")[-1]) for w in rest[1:] if w[0].isdigit()),
        is_rest="rest" in rest[1:],
    )
    return Arrow(kind, KEYS[unit], KEYS[target] if target else None, share=share)


def decision(text: str) -> Decision:
    arrows = tuple(arrow(part) for part in text.split(", "))
    used = {a.target for a in arrows}
    made = tuple(Newcomer(KEYS[n], f"new {n}", n, "county", 1) for n in "XY" if KEYS[n] in used)
    return Decision(on=ON, today=dt.date(2026, 6, 1), arrows=arrows, newcomers=made)


@pytest.mark.parametrize("example", examples(PAGE, "What is wrong"), ids=shown)
def test_what_is_wrong_is_found(example: dict[str, str]) -> None:
    plan = draw_plan(decision(example["mapping"]), facts())
    assert {problem.rule for problem in plan.problems} == ({example["problem"]} - {"-"})


@pytest.mark.parametrize("example", examples(PAGE, "Where a person of a split unit goes"), ids=shown)
def test_a_person_of_a_split_unit_goes_where_the_first_rule_says(example: dict[str, str]) -> None:
    z = -3
    by_hand = {"X": KEYS["X"], "Z": z}.get(example["by hand"])
    shares = {
        KEYS["X"]: Share(units=frozenset({KEYS["C"]})),
        KEYS["Y"]: Share(postal=(("8000", "8099"),)),
        z: Share(is_rest=True),
    }
    arrows = tuple(
        Arrow(
            "split", KEYS["A"], to, share=Share(s.units, s.postal, frozenset({1} if to == by_hand else ()), s.is_rest)
        )
        for to, s in shares.items()
    )
    made = tuple(Newcomer(key, str(key), str(key), "county", 1) for key in shares)
    places = {1: frozenset({KEYS["C"]} if example["belongs also in"] == "C" else ())}
    postal = {} if example["postal code"] == "-" else {1: example["postal code"]}
    known = facts()
    plan = draw_plan(
        Decision(ON, ON, arrows, made),
        Facts(known.units, links=known.links, stays=known.stays, places=places, postal=postal),
    )
    assert list(plan.moves) == [(KEYS["A"], {"X": KEYS["X"], "Y": KEYS["Y"], "Z": z}[example["goes to"]])]


@pytest.mark.parametrize("example", examples(PAGE, "Whose results count where"), ids=shown)
def test_results_follow_who_took_over(example: dict[str, str]) -> None:
    steps: dict[int, list[Step]] = defaultdict(list)
    went: dict[tuple[int, dt.date], int] = {}
    for text in example["steps"].split(", "):
        when, unit, targets, person = re.fullmatch(r"(\d+) (\w)>([\w/]+)(?: \(?([\w-]+)\)?)?", text).groups()
        on, heirs = dt.date(int(when), 1, 1), [KEYS[t] for t in targets.split("/") if t != unit]
        closes = unit not in targets
        steps[KEYS[unit]] += [Step(heir, on, "/" in targets, closes) for heir in heirs]
        if person and person not in ("-", "again"):
            went[KEYS[unit], on] = KEYS[person]
    earned = dt.date(int(example["year"]), 6, 1)
    assert place(KEYS[example["earned in"]], earned, steps, went) == KEYS[example["counts for"]]


def test_a_split_that_names_nobody_for_a_branch_says_so() -> None:
    plan = draw_plan(decision("split A>X 8000-8099"), facts(people=0))
    assert [problem.rule for problem in plan.problems] == ["children_nowhere"]


def test_a_body_with_later_terms_that_is_to_end_is_a_problem() -> None:
    known = facts()
    body = Row(1, KEYS["A"], dt.date(2018, 1, 1), None, {"name": "Styret"})
    later = Row(5, 1, dt.date(2027, 1, 1), None, {"office": 1}, member=1)
    with_body = Facts(known.units, links=known.links, bodies=(body,), terms=(later,))
    asked = decision("merge A>B")
    chosen = Decision(asked.on, asked.today, asked.arrows, bodies={1: None})
    assert not draw_plan(asked, with_body).problems
    assert [problem.rule for problem in draw_plan(chosen, with_body).problems] == ["body_begins_later"]
