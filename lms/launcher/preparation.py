"""Preparing an embedded installation: tables, static files, demo content, each only when needed.

Runs in a process of its own (``python -m lms.launcher.preparation``), so that the launcher
stays small. What the commands say goes to standard error; standard output carries the
greeting that the launcher shows once the house is open.
"""

from __future__ import annotations

import hashlib
import sys

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    """Bring the installation up to date. Safe to run at every start, and quick when nothing changed."""
    _migrate()
    _collect_static()
    if settings.TILLIT_DEMO:
        call_command("load_demo", stdout=sys.stderr)


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", file=sys.stderr, flush=True)
        call_command("migrate", verbosity=0, interactive=False, stdout=sys.stderr)


def _collect_static() -> None:
    """Collect static files when any of them changed since they were collected last."""
    stamp = settings.VAR / "static.stamp"
    version = _static_version()
    if stamp.exists() and stamp.read_text(encoding="ascii") == version:
        return
    print("Collecting static files …", file=sys.stderr, flush=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, stdout=sys.stderr)
    stamp.write_text(version, encoding="ascii")


def _static_version() -> str:
    """A digest of every static file's name, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            file = storage.path(name)
            digest.update(f"{file} {storage.size(name)} {storage.get_modified_time(name).timestamp()}\n".encode())
    return digest.hexdigest()


def greeting() -> str:
    """Where the house is, and in the demo who may sign in."""
    lines = [f"Tillit is open at {settings.TILLIT_BASE_URL}", "Stop it with Ctrl-C."]
    if settings.TILLIT_DEMO:
        from lms.pages.shell import DEMO_PASSWORD, DEMO_SIGN_INS

        width = max(len(person.email) for person in DEMO_SIGN_INS)
        people = [f"  {person.email:<{width}}  {person.role}" for person in DEMO_SIGN_INS]
        lines[1:1] = ["", f"Sign in with the password {DEMO_PASSWORD} as", *people, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    django.setup()
    prepare()
    print(greeting())
