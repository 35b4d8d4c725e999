"""A branch with a board, its chair, and the chair's template; the days are counted from New Year 2026."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from courses.planning.models import CompetencePlan, PlanTemplate
from lms.members.models import Member
from lms.organisation.models import Body, Term, Unit
from lms.organisation.services import begin_term
from lms.periods import Period
from tests.factories import organisation, plans

START = plans.START


@dataclass
class Scene:
    """The units, the board of the branch, and Kari who is elected."""

    nation: Unit
    county: Unit
    other_county: Unit
    branch: Unit
    board: Body
    kari: Member
    template: PlanTemplate
    go_to: Callable[[dt.date], None]

    def elect(
        self, member: Member | None = None, *, since: dt.date = START, until: dt.date | None = None, **said: Any
    ) -> Term:
        """An election as the secretary records it, on its first day if that has come."""
        told = {"office": organisation.make_office("chair"), "body": self.board, **said}
        return begin_term(member=member or self.kari, period=Period(since, until), by=None, **told)

    def plan(self) -> CompetencePlan:
        """The one plan there is of Kari's."""
        return CompetencePlan.objects.get(member=self.kari)


@pytest.fixture
def scene(db: None, set_today: Callable[[dt.date], None]) -> Scene:
    nation, county, other, branch = organisation.make_tree()
    board = organisation.make_body(branch)
    set_today(START)
    kari = organisation.make_member(of=branch)
    template = plans.make_template()
    return Scene(nation, county, other, branch, board, kari, template, set_today)
