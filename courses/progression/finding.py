"""What the engine says of one rule. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from courses.progression import rules


class State(StrEnum):
    """Whether a requirement holds; ``lapsed``: it did, and time has ended it."""

    MET = "met"
    MISSING = "missing"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the engine found for one rule.

    ``since``: the day it was first met, or has held from without a gap; of one that has lapsed,
    the day it did. ``facts``: stable keys of what met it. ``reached``: the best so far, where
    there is one: percent, a level, months, hours or how many. ``until``: the first day it is no
    longer met if nothing new happens. ``changes_on``: of what is not met, the first day time
    alone will meet it. ``parts``: the findings beneath it, in order; of a requirement that may
    be replaced, itself and then each alternative.
    """

    rule: rules.Rule
    state: State
    since: dt.date | None = None
    facts: tuple[str, ...] = ()
    reached: int | None = None
    until: dt.date | None = None
    changes_on: dt.date | None = None
    parts: tuple[Finding, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether the rule holds."""
        return self.state == State.MET

    @property
    def is_lapsed(self) -> bool:
        """Whether it held, and time has ended it."""
        return self.state == State.LAPSED

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The parts that do not hold yet."""
        return tuple(part for part in self.parts if not part.is_met)
