"""A sympathiser who took a course, the register's record of the same person, and who may merge them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation

from courses.curriculum.models import Course
from lms.members.models import Member
from lms.merging.models import Merge
from lms.merging.services import merge_members
from lms.organisation.models import Membership, Unit
from tests.factories import courses, organisation


@dataclass
class Scene:
    """The people and the units."""

    nation: Unit
    county: Unit
    other_county: Unit
    branch: Unit
    ada: Member
    """keeps the register of the whole organisation"""
    kept: Member
    """the register's record: a number, no account"""
    absorbed: Member
    """the sympathiser's record: an account, and a history"""

    def merge(self, **said: Any) -> Merge:
        given = {"kept": self.kept, "absorbed": self.absorbed, "reason": "Samme fødselsår og adresse", "by": self.ada}
        return merge_members(**given | said)

    def course(self, lessons: int = 2) -> Course:
        return courses.make_course(lessons)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What is told is read in the language of the sources."""
    with translation.override("en"):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    nation, county, other, branch = organisation.make_tree()
    ada = organisation.make_member("Ada Leder", of=nation)
    organisation.make_appointment(ada, "administrator", unit=nation)
    kept = organisation.make_member(
        "Kari Nordmann", of=branch, member_number="1001", birth_year=1980, email="kari@example.org"
    )
    kept.set_unusable_password()
    kept.save()
    absorbed = organisation.make_member(
        "Kari Nordmann",
        of=branch,
        status=Membership.Status.SYMPATHISER,
        email="kari@example.org",
        password="et-langt-passord",
    )
    return Scene(nation, county, other, branch, ada, kept, absorbed)
