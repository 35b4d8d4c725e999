"""Everybody's levels evaluated, and one person's after one event, beside the same rows only read.

    python -m benchmarks.levels                       on SQLite: 5,000 people
    python -m benchmarks.levels --postgres            on PostgreSQL: 50,000 people
    python -m benchmarks.levels --postgres --people N

A level asks for twelve things and has two ways of renewal; each person has four in five of all
kinds of facts, by chance. Everybody is evaluated by the job that does so when a rule changes, a thousand
people at a time. The reference reads what the evaluation reads, in as many portions, and
does nothing with it. The ratio is people per second in reference people per second.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

from benchmarks.ground import find_ground
from benchmarks.house import house, python

FEW, MANY = 5_000, 50_000
AT_A_TIME, EVENTS = 1_000, 60
AIM_SECONDS, AIM_EVENT_MS = 60, 50


def main() -> int:
    """In a house of its own. Returns 1 when an aim for 50,000 people on PostgreSQL is missed."""
    asked = arguments()
    if asked.inside:
        django.setup()
        print(json.dumps(inside(asked.people)))
        return 0
    ground = find_ground(postgres=asked.postgres)
    people = asked.people or (MANY if ground.postgres else FEW)
    with house(ground) as (_folder, environment):
        print("Preparing …", file=sys.stderr, flush=True)
        python(environment, "lms.launcher.preparation")
        told = json.loads(python(environment, "benchmarks.levels", "--inside", "--people", str(people)))
    told["database"] = "PostgreSQL" if ground.postgres else "SQLite"
    print(json.dumps(told, indent=1))
    is_missed = told["evaluate_s"] > AIM_SECONDS * people / MANY or told["event_ms"] > AIM_EVENT_MS
    return 1 if is_missed else 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.levels", description="Measure the evaluation of levels.")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--people", type=int, default=0, help="how many")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def timed(told: dict[str, float], name: str) -> Iterator[None]:
    """Seconds on the clock, and of this process on a processor, under a name."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    told[f"{name}_s"] = round(time.perf_counter() - clock, 2)
    told[f"{name}_cpu_s"] = round(time.process_time() - cpu, 2)


def inside(people: int) -> dict[str, float]:
    """In the process that is measured."""
    from courses.progression.models import Award, NextLook
    from courses.progression.tasks import request_evaluation_of_everybody
    from lms.jobs.services import run_job

    told: dict[str, float] = {"people": people, "requirements": 12}
    ids = fill(people)
    with timed(told, "read_only"):
        for portion in portions(ids):
            read_only(portion)
    told["queries_of_a_portion"] = queries_of(ids[:AT_A_TIME])
    job = request_evaluation_of_everybody(cause="benchmark", by=None)
    with timed(told, "evaluate"):
        run_job(job_id=job.pk)
    job.refresh_from_db()
    told |= {"awards": Award.objects.count(), "looks": NextLook.objects.count(), "evaluated": job.result["people"]}
    again = request_evaluation_of_everybody(cause="benchmark again", by=None)
    with timed(told, "evaluate_again"):
        run_job(job_id=again.pk)
    some = ids[:: max(len(ids) // EVENTS, 1)]
    told["evaluate_one_ms"], told["evaluate_one_cpu_ms"] = medians(evaluate_one, some)
    told["event_ms"], told["event_cpu_ms"] = medians(event, some)
    told["ratio"] = round(told["read_only_s"] / told["evaluate_s"], 3)
    return told


def fill(people: int) -> list[int]:
    """People, their facts, and the level."""
    from lms.members.models import Member
    from tests.factories.facts import make_facts, make_things, make_twelve

    things = make_things()
    for start in range(0, people, 5_000):
        rows = [Member(name=f"Medlem {n}", password="!") for n in range(start, min(start + 5_000, people))]
        Member.objects.bulk_create(rows)
        made = list(Member.objects.order_by("-pk")[: len(rows)])
        make_facts(things, made, seed=start, until=dt.date(2026, 3, 14), share=0.8)
        print(f"{start + len(rows):,} people", file=sys.stderr, flush=True)
    make_twelve(things)
    if vendor() == "postgresql":
        analyse()
    return list(Member.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))


def vendor() -> str:
    """Which database it is."""
    from django.db import connection

    return str(connection.vendor)


def analyse() -> None:
    """Let PostgreSQL know what was filled in, as its own housekeeping would have by then."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def portions(ids: list[int]) -> Iterator[list[int]]:
    """A thousand at a time."""
    for start in range(0, len(ids), AT_A_TIME):
        yield ids[start : start + AT_A_TIME]


def read_only(ids: list[int]) -> None:
    """The rows an evaluation of these people reads."""
    from assessments.attempts.models import Attempt
    from courses.enrolment.models import CourseCompletion
    from courses.progression.models import Award
    from lms.competences.models import Evidence, Profile
    from lms.organisation.models import Term

    for model, columns in (
        (CourseCompletion, ("member", "course__key", "completed_at")),
        (Attempt, ("member", "paper__key", "points", "out_of", "graded_at")),
        (Award, ("member", "level__key", "awarded_on", "valid_until", "ending__on")),
        (Profile, ("member", "levels", "details")),
        (Term, ("member", "office__key", "body__kind", "body__unit__kind", "valid_from", "valid_until")),
        (Evidence, ("member", "kind", "key", "subject", "about", "on", "until", "share", "score", "hours", "given_as")),
    ):
        list(model.objects.filter(member__in=ids).values_list(*columns))


def queries_of(ids: list[int]) -> int:
    """How often the database is asked when a portion is evaluated and nothing comes of it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from courses.progression.services import evaluate

    evaluate(member_ids=ids)
    with CaptureQueriesContext(connection) as captured:
        evaluate(member_ids=ids)
    return len(captured)


def medians(act: Callable[[int], object], ids: list[int]) -> tuple[float, float]:
    """Milliseconds for one person, on the clock and of this process on a processor, after a few to warm up."""
    clock, cpu = [], []
    for pk in ids:
        began, used = time.perf_counter(), time.process_time()
        act(pk)
        clock.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return round(statistics.median(clock[5:]), 1), round(statistics.median(cpu[5:]), 1)


def event(pk: int) -> None:
    """Hours of training are recorded: the ledger, the profile, the evaluation."""
    from lms.competences.services import NewEvidence, record_evidence

    record_evidence(rows=[NewEvidence(pk, "hours", f"bench:{pk}", dt.date(2026, 3, 1), hours=2)], by=None)


def evaluate_one(pk: int) -> None:
    """The evaluation alone."""
    from courses.progression.services import evaluate

    evaluate(member_ids=[pk])


if __name__ == "__main__":
    sys.exit(main())
