"""The long memory and the overview: snapshots, totals, pages and files, with people who are made up.

    python -m benchmarks.long_memory                        on SQLite: 500 and 50,000 people
    python -m benchmarks.long_memory --postgres             on PostgreSQL: the same
    python -m benchmarks.long_memory --people 1000000       so many instead, and one competence over 48 months

60 competences, three levels, 372 units, 48 months. Each number of people has a database of its own.
Times are the best of several in one process; beside each page stands its ratio to an empty view
asked through the same client in the same run. ``docs/operations/benchmarks.md`` has the figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks.ground import find_ground
from benchmarks.house import house, python

SMALL, LARGE, LARGEST = 500, 50_000, 1_000_000
COMPETENCES, MONTHS = 60, 48
TAKING, ACTIVITIES = 5_000, 9


def main() -> int:
    """Every number of people, each in a database of its own."""
    asked = arguments()
    if asked.inside:
        django.setup()
        inside(asked.people)
        return 0
    ground = find_ground(postgres=asked.postgres)
    found = {}
    for people in [asked.people] if asked.people else [SMALL, LARGE]:
        with house(ground) as (_folder, environment):
            print(f"Preparing {people:,} people …", file=sys.stderr, flush=True)
            python(environment, "lms.launcher.preparation")
            told = python(environment, "benchmarks.long_memory", "--inside", "yes", "--people", str(people))
            print(told, end="", flush=True)
            found[people] = json.loads(told.strip().splitlines()[-1])
    if len(found) > 1:
        growth = {name: round(found[LARGE][name] / found[SMALL][name], 2) for name in ("page_ms", "trend_page_ms")}
        print(json.dumps({"growth from 500 to 50,000": growth}))
    return 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.long_memory", description="Measure the long memory.")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--people", type=int, default=0, help="so many people, instead of 500 and 50,000")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def inside(people: int) -> None:
    """In the process that is measured."""
    from django.db import connection

    from benchmarks.long_memory_filling import fill, fill_course, write_matrices, write_months
    from courses.coverage.gathering import draw_keys
    from courses.coverage.snapshots import write_snapshot
    from lms.periods import today

    nation = fill(people, COMPETENCES)
    month = today().replace(day=1)
    told: dict[str, Any] = {"people": people, "database": connection.vendor}
    told["keys_s"] = seconds(lambda: draw_keys(today()))
    told["snapshot_s"] = seconds(lambda: write_snapshot(month=month))
    write_months(MONTHS)
    told |= totals(nation)
    if people == LARGEST or people > 200_000:
        names = write_matrices(people, COMPETENCES, MONTHS)
        told |= matrices(names)
    else:
        told |= pages(nation)
        told |= files(nation, fill_course(nation, min(people, TAKING), ACTIVITIES))
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told), flush=True)


def totals(nation: Any) -> dict[str, float]:
    """One competence over 48 months, read from the totals, for the nation."""
    from courses.coverage.queries import trend

    return {"one_competence_from_totals_ms": best(lambda: trend(nation, "bench.c0"))}


def matrices(names: list[str]) -> dict[str, float]:
    """The same from the matrices themselves."""
    from lms.archive.reader import shares_over_months

    return {"one_competence_from_matrices_ms": best(lambda: shares_over_months(names, "bench.c7", 2), times=2)}


def pages(nation: Any) -> dict[str, float]:
    """The overview of the nation and of one competence, through Django's own client, and an empty view."""
    client = keeper(nation)
    at = f"/coverage/{nation.public_id}/"
    empty = best(lambda: client.get("/healthz"), times=20)
    page, over_time = best(lambda: opened(client, at)), best(lambda: opened(client, f"{at}over-time/bench.c0/"))
    return {
        "empty_view_ms": empty, "page_ms": page, "page_ratio": round(page / empty, 1),
        "trend_page_ms": over_time, "trend_page_ratio": round(over_time / empty, 1),
    }  # fmt: skip


def files(nation: Any, course: Any) -> dict[str, float]:
    """The whole matrix and the completion of a course, as they stream: to the first byte, to the last."""
    from courses.coverage.completion import completion_lines
    from courses.coverage.exporting import matrix_lines
    from lms.members.models import Member

    by = Member.objects.get(name="Bench Keeper")
    first, last = streamed(lambda: matrix_lines(nation, by=by))
    done_first, done_last = streamed(lambda: completion_lines(course, nation, by=by))
    return {
        "matrix_first_ms": first, "matrix_s": round(last / 1000, 2),
        "completion_first_ms": done_first, "completion_ms": done_last,
    }  # fmt: skip


def keeper(nation: Any) -> Any:
    """Somebody who administers the nation, signed in; a second factor is not asked for here."""
    from django.conf import settings
    from django.test import Client

    from lms.members.models import Member
    from lms.organisation.models import Appointment
    from lms.periods import today

    settings.TILLIT_REQUIRE_SECOND_FACTOR = False
    one = Member.objects.create(name="Bench Keeper", email="keeper@example.org")
    until = today() + dt.timedelta(days=30)
    Appointment.objects.create(
        member=one, role="administrator", unit=nation, valid_from=dt.date(2020, 1, 1), valid_until=until
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(one)
    return client


def opened(client: Any, path: str) -> None:
    """A page that must answer."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.headers.get('Location', '')}")


def streamed(lines: Callable[[], Any], times: int = 3) -> tuple[float, float]:
    """Milliseconds to the first byte and to the last, the best of several."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        stream = lines()
        next(stream)
        first = time.perf_counter() - began
        size = sum(map(len, stream))
        found.append((round(first * 1000, 1), round((time.perf_counter() - began) * 1000, 1)))
        if not size:
            raise RuntimeError("nothing was streamed")
    return min(found, key=lambda pair: pair[1])


def best(act: Callable[[], object], times: int = 5) -> float:
    """Milliseconds, the best of several after one that warms."""
    act()
    return round(min(seconds(act) for _ in range(times)) * 1000, 1)


def seconds(act: Callable[[], object]) -> float:
    """How long it took."""
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 4)


if __name__ == "__main__":
    sys.exit(main())
