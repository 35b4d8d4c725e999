"""Files of the member register, imported; and 5,000 new people enrolled in a course by one call after it.

    python -m benchmarks.register_import                     on SQLite: 5,000 people, then the largest file it takes
    python -m benchmarks.register_import --postgres          on PostgreSQL: 5,000 people, then 100,000
    python -m benchmarks.register_import --rows 20000        a file of another size instead of the large one

Each file is imported by ``manage.py import_members`` into an installation of 372 units. The large one
comes three times: everybody is new; half of them have changed (a quarter has moved); and as the whole
register, in which 9 of 100 are missing and leave. ``docs/algorithms/register-import.md`` has the figures.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from pathlib import Path

import django

from benchmarks.ground import find_ground
from benchmarks.house import house, python

UNITS = 356
PEOPLE, LARGE = 5_000, 100_000
HEADER = (
    "Medlemsnummer", "Fornavn", "Etternavn", "E-post", "Enhet", "Status", "Språk", "Fødselsår", "Kjønn", "Postnummer",
    "Adresse",
)  # fmt: skip
STAYING = 0.91


def main() -> int:
    """Both files, each in a process of its own."""
    asked = arguments()
    if asked.inside:
        django.setup()
        inside(Path(asked.inside), asked.rows)
        return 0
    ground = find_ground(postgres=asked.postgres)
    rows = asked.rows or (LARGE if ground.postgres else largest_on_sqlite())
    with house(ground) as (folder, environment):
        print("Preparing …", file=sys.stderr, flush=True)
        python(environment, "lms.launcher.preparation")
        for count in (PEOPLE, rows):
            told = python(environment, "benchmarks.register_import", "--inside", str(folder), "--rows", str(count))
            print(told, end="", flush=True)
    return 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.register_import", description="Measure the register import.")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--rows", type=int, default=0, help="rows of the large file")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def largest_on_sqlite() -> int:
    """The most rows an embedded installation takes."""
    from lms.register.bounds import MOST_ROWS_SQLITE

    return MOST_ROWS_SQLITE


def inside(folder: Path, rows: int) -> None:
    """In the process that is measured: the units, the files, the imports, the enrolment; a line of figures for each."""
    make_units()
    file = folder / "file.csv"
    write_file(file, rows)
    if rows == PEOPLE:
        write_file(folder / "first.csv", rows)
    began = time.perf_counter()
    told = imported(file, "everybody is new")
    if rows == PEOPLE:
        told["enrol_s"] = round(enrol(), 2)
        told["together_s"] = round(time.perf_counter() - began, 2)
        tell(told)
        return
    tell(told)
    write_file(file, rows, changed=True)
    tell(imported(file, "half have changed"))
    everybody = file.read_text(encoding="utf-8").splitlines(keepends=True)
    # The 5,000 of the first file are known too: they stay, as they were.
    others = (folder / "first.csv").read_text(encoding="utf-8").splitlines(keepends=True)[1:]
    file.write_text("".join([*everybody[: int(rows * STAYING)], *others]), encoding="utf-8")
    tell(imported(file, "9 of 100 leave", "--whole"))


def imported(file: Path, name: str, *options: str) -> dict[str, object]:
    """Import a file; what it took."""
    from django.core.management import call_command
    from django.db import connection

    from lms.register.models import RegisterImport

    began = time.perf_counter()
    call_command("import_members", str(file), "--json", *options, stdout=sys.stderr)
    seconds = time.perf_counter() - began
    row = RegisterImport.objects.latest("pk")
    counted = {name: row.counts[name] for name in ("new", "changed", "unchanged", "leaving")}
    told: dict[str, object] = {"what": name, "database": connection.vendor, "rows": row.rows, **counted}
    told |= {"import_s": round(seconds, 2), "locked_s": row.counts["milliseconds"] / 1000}
    return told


def tell(told: dict[str, object]) -> None:
    """Print it, with the most memory this process had until now."""
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told), flush=True)


def make_units() -> None:
    """A nation, 15 counties, and 356 municipal branches."""
    from lms.organisation.lineage import rebuild_ancestry
    from lms.organisation.models import Unit, UnitParent
    from tests.factories.organisation import LONG_AGO, make_unit

    if Unit.objects.exists():
        return
    nation = make_unit("Landet", kind=Unit.Kind.NATIONAL)
    counties = [make_unit(f"Fylke {n}", under=nation, kind=Unit.Kind.COUNTY) for n in range(15)]
    kind = Unit.Kind.MUNICIPAL
    branches = Unit.objects.bulk_create(
        Unit(code=f"kommune-{n:04}", name=f"Kommune {n}", kind=kind, valid_from=LONG_AGO) for n in range(UNITS)
    )
    UnitParent.objects.bulk_create(
        UnitParent(unit=unit, parent=counties[n % 15], valid_from=LONG_AGO) for n, unit in enumerate(branches)
    )
    rebuild_ancestry()


def write_file(file: Path, rows: int, *, changed: bool = False) -> None:
    """A register of people who do not exist; ``changed``: every second has another unit or another e-mail."""
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, delimiter=";")
        sheet.writerow(HEADER)
        for n in range(rows):
            moved, renewed = changed and n % 4 == 1, changed and n % 4 == 3
            email, unit = f"p{rows}.{n}{'x' if renewed else ''}@example.org", (n + moved) % UNITS
            language, gender = "nynorsk" if n % 7 == 0 else "", "k" if n % 2 else "m"
            person = (f"{rows}-{n}", f"Åse {n}", f"Østby {n % 977}", email, f"{unit:04}")
            sheet.writerow((*person, "medlem", language, 1940 + n % 65, gender, f"{n % 9000 + 100:04}", "Gata 1"))


def enrol() -> float:
    """Everybody there is takes a course, by one call."""
    from courses.curriculum.services import found_course
    from courses.enrolment.bulk import enrol_all
    from lms.members.models import Member

    course = found_course(title="Nye", language="nb", key="nye", by=None)
    began = time.perf_counter()
    enrol_all(member_ids=list(Member.objects.values_list("pk", flat=True)), course=course, by=None)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
