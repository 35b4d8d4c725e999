"""``make bench``: the product under load, as ratios to an empty Django view in the same run, and certificates.

    python -m benchmarks                    on SQLite, as `make demo` runs it
    python -m benchmarks --postgres         on PostgreSQL, and Redis where one answers
    python -m benchmarks --quick            one second each, to see that all of it works

``docs/operations/benchmarks.md`` says how it is measured and how to read it.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from benchmarks import servers
from benchmarks.browsing import Browser, Unexpected
from benchmarks.ground import find_ground
from benchmarks.house import house, python
from benchmarks.machine import Watched
from benchmarks.measuring import Figures, Pace, Ways
from benchmarks.plan import Plan
from benchmarks.report import Report, table
from benchmarks.scenarios import HELLO, REFERENCE_AT_ONCE, SCENARIOS
from benchmarks.signing_in import sign_in

QUICK = Pace(seconds=1, repeats=1, wait=0)


def main() -> int:
    """Everything, one after the other. Returns 1 when the run failed or says nothing."""
    signal.signal(signal.SIGTERM, ended)
    asked = arguments()
    ground = find_ground(postgres=asked.postgres)
    report = Report(ground, QUICK if asked.quick else Pace(asked.seconds, asked.repeats))
    for what in ground.missing:
        say(f"Missing: {what}.")
    try:
        if not asked.certificates:
            web(report, asked.profile)
        report.certificates = certificates()
    except (Unexpected, RuntimeError, subprocess.CalledProcessError) as error:
        print(f"The run broke off: {error}", file=sys.stderr)
        return 1
    print(f"\n{table(report)}", flush=True)
    if asked.save and not report.is_discarded:
        report.save(asked.save)
        say(f"Written to {asked.save}.")
    return 1 if report.is_discarded else 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure Tillit against its aims.")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, and Redis where one answers")
    parser.add_argument(
        "--quick", action="store_true", help="one run of one second each; proves that all works, no more"
    )
    parser.add_argument("--seconds", type=float, default=5, help="length of a run (5)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each scenario (3)")
    parser.add_argument("--certificates", action="store_true", help="only the certificates")
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the figures as JSON")
    return parser.parse_args()


def web(report: Report, with_profile: bool) -> None:
    """The pages: reference, product, reference again; then what is counted inside."""
    with house(report.ground) as (folder, environment):
        say("Preparing the data …")
        python(environment, "lms.launcher.preparation")
        file = folder / "plan.json"
        python(environment, "benchmarks.filling", str(file))
        plan, log = Plan.read(file), folder / "servers.log"
        if report.ground.has_gunicorn:
            report.references.append(reference(report, plan, log))
        with servers.product(environment, log) as server:
            product(report, plan, server, environment)
        if report.ground.has_gunicorn:
            report.references.append(reference(report, plan, log))
        report.sql = json.loads(python(environment, "benchmarks.inside", str(file)))
        if with_profile:
            print(python(environment, "benchmarks.inside", str(file), "--profile"))


def reference(report: Report, plan: Plan, log: Path) -> Figures:
    """The empty view, once."""
    with servers.reference(log) as server:
        HELLO.walk(Browser(server.port), plan, plan.people[0])
        ways = Ways(report.ground.wrk, report.pace, plan, [{}] * len(plan.people))
        return told(ways.measure(HELLO, REFERENCE_AT_ONCE, server.port, Watched((server.pid,))))


def product(report: Report, plan: Plan, server: servers.Server, environment: dict[str, str]) -> None:
    """Every scenario on the product; first once by each person, so that all is warm and known to be right."""
    say("Forty people sign in …")
    jars = sign_in(server.port, plan)
    for scenario in SCENARIOS:
        for person, jar in zip(plan.people, jars, strict=True):
            browser = Browser(server.port, jar)
            scenario.walk(browser, plan, person)
            browser.close()
    backends = (("postgres", environment["BENCH_PREFIX"]), ("redis-server", ""))
    watched = Watched((server.pid,), backends if report.ground.postgres else ())
    report.memory["before the load"] = watched.megabytes()
    ways = Ways(
        report.ground.wrk,
        report.pace,
        plan,
        jars,
        lambda: python(environment, "benchmarks.filling", "--forget"),
    )
    for scenario in SCENARIOS:
        for at_once in scenario.at_once:
            report.figures.append(told(ways.measure(scenario, at_once, server.port, watched)))
    report.memory["after it"] = watched.megabytes()


def certificates() -> dict[str, float]:
    """Certificates per core, from their own benchmark."""
    say("Drawing certificates …")
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.certificate_pdf"], stdout=subprocess.PIPE, text=True, check=True
    )
    ours = re.search(r"draw_certificate: ([\d.]+) ms, (\d+) per second", run.stdout)
    ratio = re.search(r"^ratio: ([\d.]+)", run.stdout, re.MULTILINE)
    if ours is None or ratio is None:
        raise Unexpected(f"the benchmark of certificates said: {run.stdout}")
    return {"ms": float(ours[1]), "per_second": float(ours[2]), "ratio": float(ratio[1])}


def told(figures: Figures) -> Figures:
    """Say what was just measured, so that one sees it goes on."""
    say(f"{figures.name}, {figures.at_once} at once: {figures.per_second:,.1f} per second")
    return figures


def say(text: str) -> None:
    """A line on how far the run has come."""
    print(text, file=sys.stderr, flush=True)


def ended(number: int, frame: object) -> NoReturn:
    """Asked to end: leave the way every block is left, so that nothing is left running."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
