"""The level a person has proven in a competence, on a date. Pure: no database, clock or request.

docs/algorithms/competences.md explains the rule and holds the examples that the tests replay.
Each proof is a step: from a day on, at least this level. Offices and attestations make steps
too. The level reached is the highest step so far; then it may have faded by one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.periods import Period, add_months, day_reached

Weights = Mapping[str, Mapping[str, int]]
HIGHEST = 4
WITHOUT_PRACTICE = 3
"""Level 4 is to lead and to teach: somebody must have seen it, whatever the weights say."""

WEIGHTS: Weights = {
    "course": {"alone": 2},
    "paper": {"alone": 2},
    "session": {"alone": 2},
    "hours": {"alone": 1},
    "taught": {"alone": 2},
    "office": {"alone": 2, "months": 12},
    "attestation": {"alone": 2, "beside": 3},
    "practice": {"alone": 4, "beside": 2},
    "prior": {"alone": 3},
}
"""How far each kind of evidence reaches, unless the version of the framework says otherwise.

``alone``: the highest level by itself. ``office.months``: how long an office must be held.
``attestation.beside``: the highest together with an office or with practice, which must have
been seen at ``practice.beside`` at least.
"""

PRACTISED = frozenset({"practice", "taught"})
NO_PROOF = frozenset({"self", "waiver"})
"""What proves nothing, whatever the weights say."""
OF_ANOTHER = frozenset({"practice", "attestation", "prior"})
"""What counts only when somebody else gave it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A row of the ledger that speaks of one competence. Level 0: done, but no level was set."""

    kind: str
    on: dt.date
    level: int
    by_another: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """An office held for a period, at a kind of unit ('' when it is not known)."""

    office: str
    unit_kind: str
    period: Period


@dataclass(frozen=True, slots=True)
class Measure:
    """How one competence is measured: weights, fading, and the level each office needs in it.

    ``needs``: (office, kind of unit) → level; kind '' holds where the kind itself says nothing.
    """

    weights: Weights = field(default_factory=dict)
    fades_after: int | None = None
    only_practice_refreshes: bool = False
    needs: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def weight(self, kind: str, what: str = "alone") -> int:
        """One number of the weights: the version's own, or the default."""
        own = self.weights.get(kind, {}).get(what)
        return own if own is not None else WEIGHTS.get(kind, {}).get(what, 0)

    def needed_by(self, office: str, unit_kind: str) -> int:
        """The level an office at a kind of unit needs; 0 when it does not need the competence."""
        own = self.needs.get((office, unit_kind))
        return own if own is not None else self.needs.get((office, ""), 0)


@dataclass(frozen=True, slots=True)
class Proven:
    """Where a person stands: ``level`` now; ``since[n]`` the day level n + 1 was first reached.

    A level that has faded keeps its day in ``since``. ``until``: the first day it fades to the
    level below. ``changes_on``: the first day the passing of time alone may change anything.
    """

    level: int = 0
    since: tuple[dt.date | None, dt.date | None, dt.date | None, dt.date | None] = (None, None, None, None)
    until: dt.date | None = None
    changes_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    on: dt.date
    level: int
    is_practice: bool = False


def proven(proofs: Iterable[Proof], services: Iterable[Service], measure: Measure, *, on: dt.date) -> Proven:
    """The level proven on a date, since when each level, when it fades and when to look again."""
    steps = list(_steps(list(proofs), list(services), measure))
    so_far = [step for step in steps if step.on <= on]
    since = [min((step.on for step in so_far if step.level >= level), default=None) for level in range(1, HIGHEST + 1)]
    reached = sum(day is not None for day in since)
    fades = _fades_on(so_far, since, reached, measure)
    has_faded = fades is not None and fades <= on
    may_refresh = measure.fades_after is not None
    looks = [step.on for step in steps if step.on > on and (step.level > reached or may_refresh)]
    until = None if has_faded else fades
    return Proven(
        level=reached - 1 if has_faded else reached,
        since=(since[0], since[1], since[2], since[3]),
        until=until,
        changes_on=min((day for day in (*looks, until) if day is not None), default=None),
    )


def _steps(proofs: list[Proof], services: list[Service], measure: Measure) -> Iterator[_Step]:
    """From which days which levels are shown, in no order."""
    known = [proof for proof in proofs if proof.kind not in NO_PROOF]
    counting = [proof for proof in known if proof.by_another or proof.kind not in OF_ANOTHER]
    beside = []
    for office in {service.office for service in services}:
        step = _office_step(office, services, measure)
        if step is not None:
            beside.append(step.on)
            yield step
    for proof in counting:
        level = _reach(proof, measure.weight(proof.kind))
        if level or proof.kind in PRACTISED:
            yield _Step(proof.on, level, proof.kind in PRACTISED)
        if proof.kind == "practice" and proof.level >= measure.weight("practice", "beside"):
            beside.append(proof.on)
    if beside:
        first = min(beside)
        for proof in counting:
            if proof.kind == "attestation":
                yield _Step(max(proof.on, first), _reach(proof, measure.weight("attestation", "beside")))


def _office_step(office: str, services: list[Service], measure: Measure) -> _Step | None:
    """The day an office that needs the competence has been held long enough, wherever it was held."""
    held = [service for service in services if service.office == office]
    needing = [(service, measure.needed_by(office, service.unit_kind)) for service in held]
    needed = max((level for _, level in needing), default=0)
    day = day_reached([one.period for one, level in needing if level], measure.weight("office", "months"))
    if not needed or day is None:
        return None
    return _Step(day, min(needed, measure.weight("office"), WITHOUT_PRACTICE))


def _reach(proof: Proof, most: int) -> int:
    return min(proof.level, most, HIGHEST if proof.kind == "practice" else WITHOUT_PRACTICE)


def _fades_on(so_far: list[_Step], since: list[dt.date | None], reached: int, measure: Measure) -> dt.date | None:
    """The first day the level lies one step lower, unless something refreshes it; level 1 and 0 do not fade."""
    if measure.fades_after is None or reached < 2:
        return None
    fresh = [step.on for step in so_far if step.is_practice or not measure.only_practice_refreshes]
    newest = max(day for day in (*fresh, since[reached - 1]) if day is not None)
    return add_months(newest, measure.fades_after)


def said(answers: Iterable[tuple[dt.date, int, Any]]) -> int | None:
    """What a person last said of themselves: of (day, level, order written) the newest; None: nothing."""
    newest = max(answers, key=lambda answer: (answer[0], answer[2]), default=None)
    return None if newest is None else newest[1]
