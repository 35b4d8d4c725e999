"""An organisation of two counties, one who may invite in each, and an open course that is not really taught."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from lms.jobs.sweeper import run_waiting
from lms.joining import openings
from lms.members.models import Member
from lms.organisation.models import Unit
from tests.factories import organisation

COURSE = openings.OpenCourse("course:apent", "Slik virker et lokallag", "Et kurs for alle.", "/kurs/apent/")
UNIT_WORDS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True)
class Place:
    """The nation, Nordland with Bodø below it, Oslo; and Nora and Odd, who may invite in the two counties."""

    nation: Unit
    nordland: Unit
    oslo: Unit
    bodo: Unit
    nora: Member
    odd: Member


@pytest.fixture
def place(db: None) -> Place:
    nation, nordland, oslo, bodo = organisation.make_tree()
    nora, odd = organisation.make_member("Nora", of=nordland), organisation.make_member("Odd", of=oslo)
    organisation.make_appointment(nora, "administrator", unit=nordland)
    organisation.make_appointment(odd, "administrator", unit=oslo)
    return Place(nation, nordland, oslo, bodo, nora, odd)


@pytest.fixture
def course() -> Iterator[openings.OpenCourse]:
    """The courses answer with one open course, and write down who takes it."""
    before = list(openings._openings)
    openings.register_openings(
        openings.Openings(
            find=lambda key, language: COURSE if key == COURSE.key else None,
            listed=lambda language: [COURSE],
            take=lambda member, key, language: "/kurs/apent/forste/" if key == COURSE.key else "",
        )
    )
    yield COURSE
    openings._openings[:] = before


@pytest.fixture
def newest_door(mailoutbox: list[Any]) -> Callable[[], str]:
    """The address within the house that the newest letter leads to."""

    def door() -> str:
        run_waiting()
        found = re.search(r"http://localhost:8000(/\S+)", mailoutbox[-1].body)
        assert found
        return found[1]

    return door


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client
