"""``make test``: first the marked tests on PostgreSQL where one answers, then everything on SQLite.

The SQLite run comes last, so that pytest's own summary line is the last line. Its closing
table also says what became of the run on PostgreSQL.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
SOCKETS = ("/var/run/postgresql", "/tmp")
PYTEST = [sys.executable, "-m", "pytest"]
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadscope"]


def find_postgres() -> tuple[str, str]:
    """The address of a PostgreSQL of this machine that lets us make databases, or "" and the reason."""
    import psycopg

    reason = "no PostgreSQL answers on its socket or 127.0.0.1:5432"
    hosts = [folder for folder in SOCKETS if Path(folder, ".s.PGSQL.5432").exists()] + ["127.0.0.1"]
    for host in hosts:
        for user in dict.fromkeys((getpass.getuser(), "postgres")):
            with (
                contextlib.suppress(psycopg.OperationalError),
                psycopg.connect(host=host, user=user, dbname="postgres", connect_timeout=2) as server,
            ):
                row = server.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
                if (row.fetchone() or [False])[0]:
                    return f"postgresql://{user}@/postgres?host={quote(host)}", ""
                reason = f"PostgreSQL's user {user} may not make databases"
    return "", reason


def run_on_postgres(folder: Path) -> tuple[int, str]:
    """Run the marked tests on PostgreSQL: pytest's status, and a line for the closing table."""
    address, reason = find_postgres()
    if not address:
        return 0, f"left out: {reason}"
    print("The marked tests, on PostgreSQL:", flush=True)
    _make_the_next_runs_database()
    results = folder / "postgres.xml"
    marked = [*PYTEST, *SIDE_BY_SIDE, "--quiet", "-m", "postgres and not slow", f"--junit-xml={results}"]
    status = subprocess.run(
        marked, cwd=ROOT, env=os.environ | {"TILLIT_TEST_DATABASE": address}, check=False
    ).returncode
    if status == 5:
        return 0, "no test of this run needs it"
    if not results.exists():
        return status, f"BROKE OFF with status {status}: see above"
    suite = ElementTree.parse(results).getroot().find("testsuite")
    count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}  # type: ignore[union-attr]
    failed, ran = count["failures"] + count["errors"], count["tests"] - count["skipped"]
    return status, f"ran {ran} tests, in a run before this one" + (f": {failed} FAILED, see above" if failed else "")


def _make_the_next_runs_database() -> None:
    """Migrate the database of the run on SQLite while this one migrates its own: each takes one processor."""
    subprocess.Popen(
        [*PYTEST, "--quiet", "tests/test_ground.py"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def main(arguments: list[str]) -> int:
    """Both runs; a run of chosen tests (arguments) is one on SQLite."""
    with tempfile.TemporaryDirectory(prefix="tillit-") as name:
        folder = Path(name)
        status, line = (0, "left out: tests were chosen by hand") if arguments else run_on_postgres(folder)
        runs = folder / "runs.json"
        runs.write_text(json.dumps({"postgres": line}))
        everything = [*PYTEST, *SIDE_BY_SIDE, *arguments]
        last = subprocess.run(
            everything, cwd=ROOT, env=os.environ | {"TILLIT_TEST_RUNS": str(runs)}, check=False
        ).returncode
    return last or status


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
