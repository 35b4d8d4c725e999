"""The closing table of a test run: what ran, what was left out, and why.

A *lane* is something outside Python that a test needs. A test that cannot run because its
lane is missing is skipped with the reason, and the reason stands in the table: a green run
never hides what it did not try.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

LANES = {
    "db": "SQLite",
    "postgres": "PostgreSQL",
    "redis": "Redis",
    "ffmpeg": "ffmpeg",
    "browser": "Chromium",
    "slow": "long proofs",
}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
OTHER_RUNS = "TILLIT_TEST_RUNS"
"""Names a file in which ``make test`` says what became of the runs before this one, by lane."""


def lanes_of(item: pytest.Item) -> set[str]:
    """The lanes a test needs: by its markers, and by the fixtures it asks for."""
    fixtures = set(getattr(item, "fixturenames", ()))
    needed = {lane for lane in LANES if item.get_closest_marker(lane) or lane in fixtures}
    if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
        needed.add("db")
    return needed


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the lanes it needs, so that ``-m browser`` finds all that open one."""
    for item in items:
        for lane in sorted(lanes_of(item)):
            if lane != "db":
                item.add_marker(lane)
            item.user_properties.append(("lane", lane))


@pytest.hookimpl(trylast=True)
def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count what was chosen away with ``-m``."""
    for item in items:
        _chosen_away.update(lanes_of(item))


_chosen_away: Counter[str] = Counter()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of a parallel run hands its count to the one that writes the table."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["chosen_away"] = dict(_chosen_away)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process collects the same tests, so the counts are equal: keep one of them."""
    for lane, number in getattr(node, "workeroutput", {}).get("chosen_away", {}).items():
        _chosen_away[lane] = max(_chosen_away[lane], number)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Write the table, above pytest's own last line."""
    if "TILLIT_TEST_DATABASE" in os.environ:
        return
    ran, left_out = _count(terminalreporter.stats)
    others = json.loads(Path(path).read_text()) if (path := os.environ.get(OTHER_RUNS)) else {}
    terminalreporter.section("what ran and what was left out")
    for lane, name in LANES.items():
        terminalreporter.write_line(f"{name:<12} {_row(lane, ran, left_out, others)}")


def _count(stats: dict[str, list[Any]]) -> tuple[Counter[str], dict[str, list[str]]]:
    """How many tests ran in each lane, and the reasons why others did not."""
    ran: Counter[str] = Counter()
    left_out: dict[str, list[str]] = {}
    for outcome in ("passed", "failed", "error", "xfailed", "xpassed", "skipped"):
        for report in stats.get(outcome, []):
            lanes = {value for key, value in getattr(report, "user_properties", ()) if key == "lane"}
            if outcome == "skipped":
                reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
                for lane in lanes - {"db"}:
                    left_out.setdefault(lane, []).append(reason.removeprefix("Skipped: "))
            else:
                ran.update(lanes)
    return ran, left_out


def _row(lane: str, ran: Counter[str], left_out: dict[str, list[str]], others: dict[str, str]) -> str:
    if lane == "postgres":
        return others.get(lane, f"left out: {ran[lane]} tests run there too under `make test`")
    if lane == "slow":
        return f"left out {_chosen_away[lane]}: they run by `make proof`" if not ran[lane] else f"ran {ran[lane]} tests"
    parts = [f"ran {ran[lane]} tests"] if ran[lane] else []
    parts += [f"left out {n}: {reason}" for reason, n in Counter(left_out.get(lane, [])).items()]
    return "; ".join(parts) or "no test of this run needs it"
