"""A plan each for 5,000 people by one call, and how long it takes to see how far they have come.

    python -m benchmarks.plans                 on SQLite
    python -m benchmarks.plans --postgres      on PostgreSQL

Two templates: one of four goals in two stages, and one as large as the four-year one for a chair.
``docs/operations/benchmarks.md`` has the figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import django

from benchmarks.ground import find_ground
from benchmarks.house import house, python

PEOPLE = 5_000
SHAPES = {"two stages, four goals": (2, 2), "eight stages, twenty-four goals": (8, 3)}
ROUNDS = 3
SHOWN = 200
"""Plans on one page: the longest list there is."""


def main() -> int:
    """In a house of its own."""
    parser = argparse.ArgumentParser(prog="benchmarks.plans", description="Measure plans for many people.")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        django.setup()
        inside()
        return 0
    with house(find_ground(postgres=asked.postgres)) as (_folder, environment):
        print("Preparing …", file=sys.stderr, flush=True)
        python(environment, "lms.launcher.preparation")
        print(python(environment, "benchmarks.plans", "--inside"), end="", flush=True)
    return 0


def inside() -> None:
    """In the process that is measured: a line of figures for each shape."""
    from django.db import connection

    from courses.planning.models import CompetencePlan
    from courses.planning.queries import plans_shown
    from courses.planning.services import make_plans
    from lms.members.models import Member

    people = Member.objects.bulk_create(Member(name=f"Person {n}", name_key=f"person {n}") for n in range(PEOPLE))
    ids = [member.pk for member in people]
    for name, (stages, goals) in SHAPES.items():
        template = a_template(stages, goals)
        made, shown = [], []
        for _ in range(ROUNDS):
            CompetencePlan.objects.all().delete()
            made.append(timed(partial(make_plans, template=template, member_ids=ids, by=None)))
            plans = list(CompetencePlan.objects.select_related("office")[:SHOWN])
            shown.append(timed(partial(plans_shown, plans)))
        told: dict[str, object] = {"what": name, "database": connection.vendor, "people": PEOPLE}
        for what, times in (("make", made), (f"show_{SHOWN}", shown)):
            whole, computed = (round(statistics.median(one), 2) for one in zip(*times, strict=True))
            told |= {f"{what}_s": whole, f"{what}_cpu_s": computed}
        told["load"] = round(os.getloadavg()[0], 1)
        print(json.dumps(told), flush=True)


def a_template(stages: int, goals: int):  # type: ignore[no-untyped-def]
    """A template of so many half-years, with so many goals in each: courses and tasks by turns."""
    from courses.curriculum.models import Course
    from courses.planning.templates_in import StageSaid, write_template

    course = Course.objects.get_or_create(key="measured", defaults={"title": {"nb": "Målt"}})[0]
    asked = [
        {"kind": "course", "course": course} if n % 2 else {"kind": "task", "task": {"nb": f"Oppgave {n}"}}
        for n in range(goals)
    ]
    said = [StageSaid(action={"nb": "Gjør det"}, review={"nb": "Dag 100"}, goals=asked) for _ in range(stages)]
    return write_template(
        key=f"measured-{stages}", title={"nb": "Målt"}, made_for="office", office_key="chair", stages=said,
        valid_from=dt.date(2020, 1, 1), by=None,
    )  # fmt: skip


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds it takes, committed, and of them seconds this process computed."""
    began, computed = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - computed


if __name__ == "__main__":
    sys.exit(main())
