"""The test database: migrated once for each state of the migrations, then copied.

Migrating takes ten to twenty seconds and every process of a run would pay it. So the migrated
database is kept as a template, named by a fingerprint of everything it is made from, and each
process gets a copy. A test that commits gets a new copy after it, which also brings back the
rows that migrations wrote (site, root page, languages) and that Django's own flush would lose.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sysconfig
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

KEPT_SECONDS = 24 * 3600
"""How long a template of other migrations is kept: somebody's run may still copy from it."""


def fingerprint() -> str:
    """A digest of what the migrated database follows from: our migrations and apps, and every installed version."""
    digest = hashlib.sha256()
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    digest.update("\n".join(sorted(path.name for path in packages)).encode())
    for wing in ("lms", "media", "assessments", "certificates", "courses"):
        for file in sorted((settings.BASE_DIR / wing).rglob("*.py")):
            if file.parent.name == "migrations" or file.name == "apps.py":
                digest.update(f"{file}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


class SQLiteDatabase:
    """Files under the folder of the tests."""

    def __init__(self) -> None:
        self.template = settings.TEST_FOLDER / f"template-{fingerprint()}.sqlite3"
        self.copy = Path(settings.VAR / "test.sqlite3")

    def is_built(self) -> bool:
        return self.template.exists()

    def build(self) -> None:
        draft = self.template.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        migrate(draft)
        with closing(sqlite3.connect(draft)) as file:
            file.execute("PRAGMA journal_mode=DELETE")
        for old in self.template.parent.glob("template-*.sqlite3"):
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink()
        draft.rename(self.template)

    def restore(self) -> None:
        """Put the template's content where this process works, whoever else has it open."""
        readable = f"{self.template.as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(readable, uri=True)) as source,
            closing(sqlite3.connect(self.copy, timeout=20)) as to,
        ):
            source.backup(to)
        point_at(self.copy)

    def discard(self) -> None:
        shutil.rmtree(settings.VAR, ignore_errors=True)


class PostgreSQLDatabase:
    """Databases on the server that ``TILLIT_TEST_DATABASE`` names."""

    def __init__(self) -> None:
        self.template = f"tillit_template_{fingerprint()}"
        self.copy = f"tillit_test_{os.getpid()}"

    def is_built(self) -> bool:
        return bool(self.ask("SELECT 1 FROM pg_database WHERE datname = %s", self.template))

    def build(self) -> None:
        self.sweep()
        self.ask('DROP DATABASE IF EXISTS "tillit_draft" WITH (FORCE)')
        self.ask('CREATE DATABASE "tillit_draft"')
        migrate("tillit_draft")
        self.ask(f'ALTER DATABASE "tillit_draft" RENAME TO "{self.template}"')

    def sweep(self) -> None:
        """Drop what runs that were killed left behind, and templates of other days unless a run still needs them."""
        runs = [
            name
            for (name,) in self.ask("SELECT datname FROM pg_database WHERE datname LIKE 'tillit@_test@_%%' ESCAPE '@'")
        ]
        dead = [name for name in runs if not is_running(int(name.rpartition("_")[2]))]
        old = self.ask("SELECT datname FROM pg_database WHERE datname LIKE 'tillit@_template@_%%' ESCAPE '@'")
        for name in dead + ([name for (name,) in old] if dead == runs else []):
            self.ask(f'DROP DATABASE "{name}" WITH (FORCE)')

    def restore(self) -> None:
        self.discard()
        self.ask(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.template}"')
        point_at(self.copy)

    def discard(self) -> None:
        self.ask(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')

    def ask(self, sql: str, *values: str) -> list[Any]:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []


def is_running(pid: int) -> bool:
    """Whether a process of this machine runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


Database = SQLiteDatabase | PostgreSQLDatabase


def test_database() -> Database:
    """The kind of database this run is on."""
    return SQLiteDatabase() if connection.vendor == "sqlite" else PostgreSQLDatabase()


def point_at(name: Path | str) -> None:
    """Let this process's connections, of this and of later threads, lead to a database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


def migrate(name: Path | str) -> None:
    """Bring a new database up to today's migrations."""
    point_at(name)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Several processes start at once: one builds the template, the others on the same server wait for it."""
    with (settings.TEST_FOLDER / f"template-{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(database: Database, *, anew: bool) -> None:
    """Make sure the template stands, and give this process its copy."""
    with one_at_a_time():
        for folder in settings.TEST_FOLDER.glob("run-*"):
            if not is_running(int(folder.name.rpartition("-")[2])):
                shutil.rmtree(folder, ignore_errors=True)
        if anew or not database.is_built():
            database.build()
        database.restore()
