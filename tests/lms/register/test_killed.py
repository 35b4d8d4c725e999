"""kill -9 in the midst of applying: nothing half done, and the next worker applies all of it, once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from lms.audit.models import Entry
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.models import Membership
from lms.register.models import RegisterImport
from lms.register.services import request_apply
from tests.factories.organisation import make_member, make_tree
from tests.lms.jobs.harness import _same_database
from tests.lms.register.files import bring, counted, register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
KNOWN = [f"k{number};Kjent {number};ny{number}@example.org;Oslo fylkeslag" for number in range(20)]


def state() -> tuple[int, ...]:
    """Everything an import touches in its transaction, counted."""
    people = Member.objects.filter(member_number__startswith="n").count()
    changed = Member.objects.filter(email__startswith="ny").count()
    entries = Entry.objects.filter(act__in=("apply_register", "record_leaving")).count()
    return people, changed, Membership.objects.count(), Leaving.objects.count(), entries


def ready(new: int) -> RegisterImport:
    """A whole register, asked to be applied: so many new, twenty who move, one who leaves."""
    *_, bodo = make_tree()
    for number in range(21):
        make_member(f"Kjent {number}", of=bodo, member_number=f"k{number}")
    row = bring(register(*(f"n{number};Ny {number};;Bodø" for number in range(new)), *KNOWN), is_whole=True)
    request_apply(register_import=row, by=None)
    return row


def kill_one(row: RegisterImport, folder: Path, *halts: str, after: float = 0) -> None:
    """Start a process that applies, kill it when it writes, and let its lease have run out."""
    told = {"database": _same_database(), "apps": (), "lease": 60, "broker": "", "prefix": ""}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.lms.jobs.worker_settings",
        "TILLIT_VAR": str(folder),
        "TILLIT_HARNESS": json.dumps(told),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    connection.close()
    command = [sys.executable, "-m", "tests.lms.register.interrupted", str(row.public_id), *halts]
    with subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "in the midst\n"
        time.sleep(after)
        worker.kill()
    Job.objects.filter(kind="apply_register_import").update(lease_until="2020-01-01T00:00Z", attempts=0)
    row.refresh_from_db()


def all_of(new: int) -> tuple[int, ...]:
    """What there is once all of it is applied: 21 + new + 20 memberships, two entries."""
    return new, 20, 21 + new + 20, 1, 2


def test_a_worker_killed_while_it_applies_leaves_nothing_and_the_next_one_does_it_all_once(tmp_path):
    row = ready(200)
    before = state()
    kill_one(row, tmp_path, "halt")
    assert (state(), row.state) == (before, "applying")
    run_waiting()
    row.refresh_from_db()
    assert (row.state, counted(row), state()) == ("applied", (200, 20, 0, 1, 0), all_of(200))


@pytest.mark.slow
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path):
    seed = int(os.environ.get("TILLIT_SEED", time.time_ns() % 10**6))
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance, row = random.Random(seed), ready(20_000)
    before, outcomes = state(), []
    for kill in range(20):
        kill_one(row, tmp_path, after=chance.uniform(0, 0.02 * kill))
        outcomes.append(row.state)
        assert state() == (all_of(20_000) if row.state == "applied" else before)
        if row.state == "applied":
            break
    print(outcomes)  # noqa: T201 - how often it was cut before the end
    run_waiting()
    assert state() == all_of(20_000)
