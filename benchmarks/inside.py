"""``python -m benchmarks.inside PLAN``: the scenarios within one process, through Django's own client.

Prints, as JSON, how often the database is asked for each unit, reads and writes apart. With
``--profile`` it prints where the time of the course page and of the test goes instead.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
from collections.abc import Mapping
from pathlib import Path

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.browsing import Answer
from benchmarks.plan import Person, Plan
from benchmarks.scenarios import WALKS

MARKS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
WRITES = ("INSERT", "UPDATE", "DELETE")
PROFILED = {"course page": 200, "test": 10}
SHOWN = 30


class Insider:
    """Somebody signed in who asks the product in this process."""

    def __init__(self, person: Person) -> None:
        from lms.members.models import Member

        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(Member.objects.get(email=person.email))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return answered(self.client.get(path))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return answered(self.client.post(path, fields))


def answered(response: object) -> Answer:
    """Django's response as the walks read it."""
    return Answer(response.status_code, response.headers.get("Location", ""), response.content)  # type: ignore[attr-defined]


def count(plan: Plan) -> dict[str, dict[str, int]]:
    """Scenario → reads and writes for one unit, once everything is warm."""
    person = plan.people[0]
    insider, found = Insider(person), {}
    for name, walk in WALKS.items():
        for _ in range(2):
            walk(insider, plan, person)
        with CaptureQueriesContext(connection) as captured:
            walk(insider, plan, person)
        asked = [query["sql"] for query in captured if not query["sql"].startswith(MARKS)]
        writes = sum(sql.startswith(WRITES) for sql in asked)
        found[name] = {"reads": len(asked) - writes, "writes": writes}
    return found


def profile(plan: Plan) -> None:
    """Where the time goes: by function with all below it, our own only, and by function alone."""
    person = plan.people[0]
    insider = Insider(person)
    for name, units in PROFILED.items():
        WALKS[name](insider, plan, person)
        watch = cProfile.Profile()
        watch.enable()
        for _ in range(units):
            WALKS[name](insider, plan, person)
        watch.disable()
        print(f"\n{name}: {units} units", flush=True)
        told = pstats.Stats(watch)
        told.sort_stats("cumulative").print_stats(r"/(lms|courses|assessments|media|certificates)/", SHOWN)
        told.sort_stats("cumulative").print_stats(r"site-packages", SHOWN * 2)
        told.sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    django.setup()
    plan = Plan.read(Path(sys.argv[1]))
    if "--profile" in sys.argv:
        profile(plan)
    else:
        print(json.dumps(count(plan)))
