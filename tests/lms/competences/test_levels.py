"""The rule, from the tables of the page, and what holds of any evidence whatever."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.competences.levels import HIGHEST, Measure, Proof, Proven, Service, proven, said
from lms.periods import Period
from tests.tables import examples, shown

NEEDS = {("chair", ""): 3, ("chair", "county"): 4, ("treasurer", ""): 2, ("board_member", ""): 1}
PROOF = re.compile(r"(?P<kind>[a-z]+)(?P<own>!?) (?P<level>\d) (?P<on>[\d-]+)$")
OFFICE = re.compile(r"(?P<office>\w+)(@(?P<at>\w+))? (?P<start>[\d-]+)\.\.(?P<until>[\d-]*)$")
day = dt.date.fromisoformat


def read(evidence):
    """Proofs and offices, as the page writes them."""
    proofs, services = [], []
    for told in evidence.replace("–", "").split("; "):
        if found := PROOF.match(told):
            proofs.append(Proof(found["kind"], day(found["on"]), int(found["level"]), not found["own"]))
        elif found := OFFICE.match(told):
            until = day(found["until"]) if found["until"] else None
            services.append(Service(found["office"], found["at"] or "local", Period(day(found["start"]), until)))
        else:
            assert not told, told
    return proofs, services


def measure_of(fades):
    months = fades.rstrip("p").replace("–", "")
    return Measure(fades_after=int(months) if months else None, only_practice_refreshes="p" in fades, needs=NEEDS)


def written(found):
    """A finding, as the page writes it."""
    days = [one.isoformat() if one else "–" for one in (*found.since, found.until, found.changes_on)]
    return {"level": str(found.level), "since": " ".join(days[:4]), "until": days[4], "changes": days[5]}


@pytest.mark.parametrize("example", examples("competences.md", "Examples"), ids=shown)
def test_the_rule_finds_what_the_page_says(example):
    proofs, services = read(example["evidence"])
    found = proven(proofs, services, measure_of(example["fades"]), on=day(example["on"]))
    assert written(found) == {name: example[name] for name in ("level", "since", "until", "changes")}


def test_the_page_holds_enough_examples():
    assert len(examples("competences.md", "Examples")) >= 40


def test_a_version_of_the_framework_weighs_for_itself_but_level_4_needs_practice():
    course, weights = Proof("course", day("2024-01-10"), 4), {"course": {"alone": 4}}
    assert proven([course], [], Measure(weights=weights), on=day("2026-01-01")).level == 3


def test_no_weight_lets_a_person_prove_by_their_own_word():
    own = Proof("self", day("2024-01-10"), 4, by_another=False)
    assert proven([own], [], Measure(weights={"self": {"alone": 3}}), on=day("2026-01-01")) == Proven()


def test_the_newest_word_of_a_person_is_what_they_say():
    assert said([]) is None
    assert said([(day("2026-01-02"), 1, 7), (day("2026-01-01"), 4, 9)]) == 1
    assert said([(day("2026-01-02"), 1, 7), (day("2026-01-02"), 3, 8)]) == 3


days = st.dates(day("2018-01-01"), day("2027-12-31"))
kinds = st.sampled_from(["course", "paper", "session", "hours", "taught", "attestation", "practice", "prior", "self"])
proofs = st.lists(st.builds(Proof, kind=kinds, on=days, level=st.integers(0, 4), by_another=st.booleans()), max_size=8)


@st.composite
def offices(draw):
    start, length = draw(days), draw(st.one_of(st.none(), st.integers(1, 1500)))
    until = None if length is None else start + dt.timedelta(days=length)
    return Service(draw(st.sampled_from(["chair", "board_member", "alternate"])), "local", Period(start, until))


services = st.lists(offices(), max_size=3)
measures = st.builds(
    Measure,
    fades_after=st.sampled_from([None, 36, 48]),
    only_practice_refreshes=st.booleans(),
    needs=st.just(NEEDS),
)


@given(proofs, services, measures, days)
def test_the_order_of_evidence_does_not_matter(proofs, services, measure, on):
    assert proven(proofs, services, measure, on=on) == proven(proofs[::-1], services[::-1], measure, on=on)


@given(proofs, services, measures, days, proofs)
def test_more_evidence_never_takes_a_level_away(proofs, services, measure, on, more):
    before = proven(proofs, services, measure, on=on)
    after = proven(proofs + more, services, measure, on=on)
    assert sum(one is not None for one in after.since) >= sum(one is not None for one in before.since)
    assert measure.fades_after or after.level >= before.level


@given(proofs, services, measures, days)
def test_level_4_needs_practice_that_another_saw(proofs, services, measure, on):
    unseen = [proof for proof in proofs if proof.kind != "practice" or not proof.by_another]
    assert proven(unseen, services, measure, on=on).level < HIGHEST


@given(proofs, services, measures, days, days)
def test_nothing_changes_before_the_day_it_says(proofs, services, measure, one, other):
    first, later = sorted((one, other))
    now, then = (proven(proofs, services, measure, on=on) for on in (first, later))
    if now.changes_on is None or later < now.changes_on:
        assert then == now


@given(proofs, services, measures, days)
def test_a_level_fades_by_one_and_never_below_one(proofs, services, measure, on):
    found = proven(proofs, services, measure, on=on)
    reached = sum(one is not None for one in found.since)
    assert found.level in (reached, max(reached - 1, 1) if reached else 0)
