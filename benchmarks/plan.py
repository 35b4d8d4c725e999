"""What a run is about: the addresses, the words to be met there, and the people who sign in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in. ``done``: their lessons done; ``state``: what the course page says of it."""

    email: str
    name: str
    done: int
    state: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The data of a run, as the clients need to know it."""

    password: str
    course_url: str
    course_title: str
    course_marks: int
    lesson_url: str
    lesson_title: str
    seen_url: str
    test_url: str
    questions: int
    people: tuple[Person, ...]

    def write(self, file: Path) -> None:
        """Keep the plan in a file."""
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Plan:
        """The plan a file holds."""
        told = json.loads(file.read_text(encoding="utf-8"))
        return cls(**{**told, "people": tuple(Person(**person) for person in told["people"])})
