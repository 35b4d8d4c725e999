"""The place a run happens in: a folder, a database and a cache of its own, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.ground import Ground

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "tillit_bench_"


@contextlib.contextmanager
def house(ground: Ground) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder, and the environment in which the product lives there."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tillit-bench-")))
        told = {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "TILLIT_VAR": str(folder / "var"),
            "TILLIT_DEMO": "",
            "BENCH_DATABASE": stack.enter_context(database(ground.postgres)) if ground.postgres else "",
            "BENCH_REDIS": ground.redis,
            "BENCH_PREFIX": f"{PREFIX}{os.getpid()}",
        }
        if ground.redis:
            stack.callback(forget_keys, ground.redis, told["BENCH_PREFIX"])
        yield folder, {**os.environ, **told}


@contextlib.contextmanager
def database(server: str) -> Iterator[str]:
    """A database on a PostgreSQL server, made and dropped; its address."""
    name = f"{PREFIX}{os.getpid()}"
    for (left,) in ask(server, f"SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'"):
        if not Path("/proc", left.removeprefix(PREFIX)).exists():  # a run that was killed left it behind
            ask(server, f'DROP DATABASE "{left}" WITH (FORCE)')
    ask(server, f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        ask(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def ask(server: str, sql: str) -> list[Any]:
    """The rows of one statement outside a transaction."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        answer = connection.execute(sql)
        return answer.fetchall() if answer.description else []


def forget_keys(address: str, prefix: str) -> None:
    """Remove what the run kept in Redis, and nothing else."""
    import redis

    server = redis.Redis.from_url(address)
    for key in server.scan_iter(match=f"{prefix}:*", count=1000):
        server.delete(key)
    server.close()


def python(environment: dict[str, str], *arguments: str) -> str:
    """Run one of our programs to its end; what it printed. What it complains of goes through."""
    run = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return run.stdout
