"""What holds of the engine for every rule and every record."""

import datetime as dt
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.progression import rules
from courses.progression.engine import check
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

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2027, 1, 1)
days = st.dates(FIRST, LAST)
names = st.sampled_from("abc")


def lasting(within):
    """Leaves of every kind; with a window only where ``within`` says so."""
    window = st.one_of(st.none(), st.integers(12, 36)) if within else st.none()
    return st.one_of(
        st.builds(rules.CourseCompleted, names, st.just({})),
        st.builds(rules.PaperPassed, names, st.just({}), st.integers(40, 100)),
        st.builds(rules.OfficeHeld, st.sampled_from([(), ("a",), ("a", "b")]), st.just(()), st.integers(1, 12), window),
        st.builds(rules.SessionAttended, names, st.just({}), st.integers(40, 100)),
        st.builds(rules.PracticeObserved, names, st.just({}), st.integers(1, 4), st.integers(1, 3), st.integers(1, 2)),
        st.builds(rules.Hours, st.integers(1, 20), window, st.booleans()),
        st.builds(rules.Attested, names, st.just({}), st.sampled_from([(), ("x",), ("x", "y")])),
        st.builds(rules.LevelHeld, names, st.just({}), st.booleans() if within else st.just(value=True)),
        st.builds(rules.CompetenceHeld, names, st.just({}), st.integers(1, 4)),
        st.builds(rules.CompetenceCount, st.integers(1, 3), st.integers(1, 4)),
    )


def trees(leaves):
    def grow(inner):
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        other = st.builds(rules.Alternative, names, st.just({}), parts)
        return st.one_of(
            st.builds(rules.AllOf, parts),
            st.builds(rules.AnyOf, st.integers(1, 2), parts),
            st.builds(rules.Substitutable, names, inner, st.lists(other, max_size=1).map(tuple)),
        )

    return st.recursive(leaves, grow, max_leaves=6)


def until(start, chance):
    return None if chance < 3 else start + dt.timedelta(days=30 * chance)


fact = st.one_of(
    st.tuples(st.just("courses"), names, days),
    st.tuples(st.just("papers"), names, st.builds(PaperResult, st.integers(0, 100), days)),
    st.tuples(st.just("sessions"), names, st.builds(Attendance, st.integers(0, 100), days, st.just("k"))),
    st.tuples(
        st.just("practice"), names,
        st.builds(Observation, st.integers(0, 4), days, st.sampled_from([None, 1, 2, 3]), st.just("k")),
    ),
    st.tuples(
        st.just("attestations"), names,
        st.builds(Vouching, st.frozensets(st.sampled_from("xyz"), max_size=2), days, st.just("k")),
    ),
    st.tuples(st.just("waivers"), names, st.builds(Waived, days, st.none(), st.just("k"))),
    st.tuples(
        st.just("hours"), st.just(""), st.builds(HoursDone, st.integers(1, 9), days, st.just("k"), st.booleans())
    ),
    st.tuples(
        st.just("offices"), st.just(""),
        st.builds(
            lambda office, start, chance: HeldOffice(office, start, until(start, chance), "board", "local", "k"),
            names, days, st.integers(0, 12),
        ),
    ),
)  # fmt: skip
facts = st.lists(fact, max_size=14)
on = st.dates(dt.date(2025, 1, 1), dt.date(2027, 6, 1))


def record_of(told, day):
    """The record these facts make, in the order they come."""
    record = MemberRecord(1, day, {}, {}, LEVELS_OF["competences"], LEVELS_OF["levels"], [], {}, {}, [], {}, {})
    for where, name, value in told:
        held = getattr(record, where)
        row = replace(value, key=f"{where}:{value}") if hasattr(value, "key") else value
        if where == "courses":
            held[name] = min(held.get(name, row), row)
        elif where in ("hours", "offices"):
            held.append(row)
        else:
            held.setdefault(name, []).append(row)
    return record


LEVELS_OF = {
    "competences": {"a": ProvenLevel(2, (FIRST, FIRST, None, None)), "b": ProvenLevel(1, (FIRST, FIRST, None, None))},
    "levels": {"a": HeldLevel(FIRST, dt.date(2025, 6, 1), "award:a", FIRST)},
}


@given(trees(lasting(within=False)), facts, fact, on)
def test_another_fact_never_takes_away_what_does_not_expire(rule, told, more, day):
    if check(rule, record_of(told, day)).is_met:
        assert check(rule, record_of([*told, more], day)).is_met


@given(trees(lasting(within=True)), facts, on, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(rule, told, day, chance):
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert check(rule, record_of(told, day)) == check(rule, record_of(shuffled, day))


@given(trees(lasting(within=True)), facts, on)
def test_what_happened_after_the_day_counts_for_nothing(rule, told, day):
    def is_past(one):
        value = one[2]
        return (value if isinstance(value, dt.date) else getattr(value, "on", getattr(value, "start", None))) <= day

    assert check(rule, record_of(told, day)) == check(rule, record_of([one for one in told if is_past(one)], day))


@settings(max_examples=60)
@given(lasting(within=True), facts, on)
def test_until_and_changes_on_come_true_for_every_leaf(rule, told, day):
    finding = check(rule, record_of(told, day))
    later = finding.until or finding.changes_on
    known = [one for one in told if not isinstance(one[2], dt.date) and getattr(one[2], "on", day) <= day]
    known = [one for one in known if getattr(one[2], "start", day) <= day]
    known += [one for one in told if isinstance(one[2], dt.date) and one[2] <= day]
    if later is not None:
        assert check(rule, record_of(known, later)).is_met is not finding.is_met
        assert check(rule, record_of(known, later - dt.timedelta(days=1))).is_met is finding.is_met


def test_a_waiver_without_end_never_lapses():
    rule = rules.Substitutable("a", rules.CourseCompleted("c", {}))
    chance = random.Random(1)
    told = [("waivers", "a", Waived(FIRST + dt.timedelta(chance.randrange(500)), None, "k")) for _ in range(5)]
    assert check(rule, record_of(told, LAST)).until is None
