"""Who comes on a recruiting day, by which branch and when: invented, drawn by chance. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from courses.demo.names import draw_name, email_local
from courses.demo.places import NYNORSK


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes in by a branch's link: no member number, a name and an e-mail of their own."""

    name: str
    email: str
    unit: str
    language: str
    at: dt.datetime
    birth_year: int | None = None


def draw_guests(
    numbers: Mapping[str, int], *, start: dt.datetime, until: dt.datetime, chance: Random, taken: Iterable[str]
) -> list[Guest]:
    """So many guests for each unit, more in the afternoon than in the morning, the first to come first.

    None is called like anybody in ``taken``: who is two records of one person is said, not drawn.
    """
    known, guests = {name.casefold() for name in taken}, []
    for unit, number in numbers.items():
        for _ in range(number):
            name = _fresh_name(chance, unit[8:10], known)
            known.add(name.casefold())
            at = start + (until - start) * chance.triangular(0, 1, 0.7)
            language = "nn" if unit[8:10] in NYNORSK and chance.random() < 0.5 else "nb"
            guests.append(Guest(name, f"{email_local(name)}@gjest.example.org", unit, language, at))
    return sorted(guests, key=lambda guest: guest.at)


def _fresh_name(chance: Random, county: str, known: set[str]) -> str:
    return next(name for name in iter(lambda: draw_name(chance, county), None) if name.casefold() not in known)
