"""A county with an administrator, and people who have reached level beginner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from courses.progression.models import Award, Level
from lms.members.models import Member
from lms.organisation.models import Unit
from tests.factories.courses import GRUNN, make_award, make_course, make_paper, make_rule
from tests.factories.organisation import make_appointment, make_member, make_tree


@dataclass
class County:
    """Nordland with Bodø beneath it, Oslo beside it, and who administers Nordland."""

    unit: Unit
    town: Unit
    other: Unit
    administrator: Member

    @property
    def level(self) -> Level:
        return Level.objects.get(key=GRUNN)

    def reached(self, name: str, **fields: object) -> Award:
        """Somebody in Bodø whose award waits for a certificate."""
        member = make_member(name, of=fields.pop("of", self.town))
        return make_award(member, on=dt.date(2026, 3, 14), origin=Award.Origin.RECORDED, **fields)


@pytest.fixture
def county(db: None) -> County:
    """The county, with a rule for level beginner."""
    _nation, nordland, oslo, bodo = make_tree()
    make_rule(make_course(), make_paper())
    administrator = make_member("Inga Sørvær", of=nordland)
    make_appointment(administrator, "administrator", unit=nordland)
    return County(nordland, bodo, oslo, administrator)
