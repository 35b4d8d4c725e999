"""The table of a run, for people and as JSON."""

from __future__ import annotations

import datetime as dt
import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground
from benchmarks.measuring import Figures, Pace
from benchmarks.scenarios import CERTIFICATE_AIM, SCENARIOS

MOST_APART = 0.10
AIMS = {(s.name, s.aim_at): s.aim for s in SCENARIOS if s.aim}
HEAD = ("", "at once", "per s", "spread", "median ms", "p95 ms", "CPU ms", "SQL", "ratio", "aim", "")


@dataclass(slots=True)
class Report:
    """Everything a run found out."""

    ground: Ground
    pace: Pace
    references: list[Figures] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    sql: dict[str, dict[str, int]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    certificates: dict[str, float] = field(default_factory=dict)

    @property
    def reference(self) -> float | None:
        """The empty view per second: the mean of before and after."""
        return sum(r.per_second for r in self.references) / len(self.references) if self.references else None

    @property
    def apart(self) -> float:
        """How far the empty view after the run is from the one before."""
        if len(self.references) < 2:
            return 0.0
        first, last = (r.per_second for r in self.references)
        return abs(last - first) / max(first, last)

    @property
    def is_discarded(self) -> bool:
        """Whether the machine changed so much meanwhile that the ratios mean nothing."""
        return self.apart > MOST_APART

    def ratio(self, row: Figures) -> float | None:
        """Units per second, in empty views."""
        return row.per_second / self.reference if self.reference else None

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        rows = [
            asdict(row) | {"ratio": self.ratio(row), "aim": AIMS.get((row.name, row.at_once))} for row in self.figures
        ]
        return {
            "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "machine": {"cores": self.ground.cores, "kernel": platform.release(), "python": platform.python_version()},
            "database": "PostgreSQL" if self.ground.postgres else "SQLite",
            "cache": "Redis" if self.ground.redis else "files",
            "pace": asdict(self.pace),
            "is_discarded": self.is_discarded,
            "references": [asdict(row) for row in self.references],
            "figures": rows,
            "sql": self.sql,
            "memory_mb": self.memory,
            "certificates": self.certificates,
            "missing": self.ground.missing,
        }

    def save(self, file: Path) -> None:
        """Write the JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(self.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table(report: Report) -> str:
    """The table, and the remarks below it."""
    rows = [HEAD, *(reference_row(row) for row in report.references), *(line(report, row) for row in report.figures)]
    if report.certificates:
        rows.append(certificate_row(report.certificates))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "  ".join(
            cell.ljust(width) if not n else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([*lines, "", *remarks(report)])


def line(report: Report, row: Figures) -> tuple[str, ...]:
    """One scenario."""
    ratio, aim = report.ratio(row), AIMS.get((row.name, row.at_once))
    asked = report.sql.get(row.name)
    return (
        *beginning(row),
        f"{asked['reads']}+{asked['writes']}" if asked else "",
        f"{ratio:.4f}" if ratio is not None else "",
        f"{aim:.4f}" if aim else "",
        verdict(ratio, aim),
    )


def reference_row(row: Figures) -> tuple[str, ...]:
    """The empty view."""
    return (*beginning(row), "0+0", "1", "", "")


def beginning(row: Figures) -> tuple[str, ...]:
    """The columns every row has."""
    return (
        row.name + ("" if row.is_quiet else " *"),
        str(row.at_once),
        f"{row.per_second:,.1f}",
        f"{row.lowest:,.1f}-{row.highest:,.1f}",
        number(row.median_ms, 1),
        number(row.p95_ms, 1),
        number(row.cpu_ms, 2),
    )


def certificate_row(found: dict[str, float]) -> tuple[str, ...]:
    """Certificates per core; their ratio is to the same page in plain reportlab."""
    ratio = found["ratio"]
    rate, aim = f"{found['per_second']:,.0f}", f"{CERTIFICATE_AIM:.4f}"
    return (
        "certificates",
        "1",
        rate,
        "",
        "",
        "",
        number(found["ms"], 2),
        "",
        f"{ratio:.4f}",
        aim,
        verdict(ratio, CERTIFICATE_AIM),
    )


def verdict(ratio: float | None, aim: float | None) -> str:
    """Whether an aim is reached."""
    if ratio is None or aim is None:
        return ""
    return "reached" if ratio >= aim else f"{ratio / aim:.0%} of it"


def number(value: float | None, digits: int) -> str:
    """A figure, or nothing when it was not measured."""
    return "" if value is None else f"{value:,.{digits}f}"


def remarks(report: Report) -> list[str]:
    """What has to be known to read the table."""
    ground = report.ground
    told = [
        f"On {'PostgreSQL' if ground.postgres else 'SQLite'}, cache in {'Redis' if ground.redis else 'files'}, "
        f"{ground.cores} cores; {report.pace.repeats} runs of {report.pace.seconds:g} s each.",
        "Ratios: to the mean of the empty view before and after; certificates to the same page in plain reportlab.",
        "SQL: reads+writes for one unit, warm. CPU ms: all server processes, the database among them.",
    ]
    if report.memory:
        told.append(
            "Memory of the web server: " + ", ".join(f"{at} {mb:g} MB" for at, mb in report.memory.items()) + "."
        )
    if any(not row.is_quiet for row in [*report.references, *report.figures]):
        told.append("* other work took more than 5 % of the machine in every run: not to be quoted.")
    if report.is_discarded:
        told.append(
            f"DISCARDED: the empty view changed by {report.apart:.0%} meanwhile. Run again on a quieter machine."
        )
    return told + [f"Missing: {what}." for what in ground.missing]
