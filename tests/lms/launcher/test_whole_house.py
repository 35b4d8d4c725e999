"""The launcher itself, on a folder of its own: starts, answers, restarts, stops clean."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the test reads processes from /proc")


@dataclass
class House:
    """A launcher that runs, and where it answers."""

    launcher: subprocess.Popen[str]
    port: int
    environment: dict[str, str]
    said: Path

    def health(self) -> dict[str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection):
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return {"http": str(answer.status), **json.loads(answer.read())}


def children_of(pid: int) -> list[int]:
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if file.read_text().rsplit(")", 1)[1].split()[1] == str(pid):
                found.append(int(file.parent.name))
    return sorted(found)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[House]:
    """The launcher, on a folder that holds the suite's migrated database: it need not migrate for a minute."""
    folder, port = tmp_path_factory.mktemp("house"), free_port()
    (folder / "var").mkdir()
    shutil.copy(databases.SQLiteDatabase().template, folder / "var" / "tillit.sqlite3")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TILLIT_VAR": str(folder / "var"),
        "PORT": str(port),
    }
    said = folder / "said"
    with said.open("w") as out:
        launcher = subprocess.Popen(
            [sys.executable, "-m", "lms.launcher"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=out,
            stderr=out,
            text=True,
        )
    deadline = time.monotonic() + 120
    while "Tillit is open" not in said.read_text():
        assert launcher.poll() is None, said.read_text()
        assert time.monotonic() < deadline, said.read_text()
        time.sleep(0.1)
    yield House(launcher, port, environment, said)
    launcher.kill()
    launcher.wait()


def test_the_house_opens_and_says_where(house: House) -> None:
    assert f"Tillit is open at http://localhost:{house.port}" in house.said.read_text()
    assert house.health()["http"] == "200"
    assert house.health()["database"] == house.health()["storage"] == "ok"


def test_the_command_line_works_beside_it_with_no_setting_but_the_folder(house: House) -> None:
    environment = {name: house.environment[name] for name in ("PATH", "HOME", "TILLIT_VAR")}
    beside = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--check"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert beside.returncode == 0, beside.stderr


def test_a_second_launcher_on_the_same_folder_says_so_and_leaves(house: House) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "lms.launcher"],
        cwd=settings.BASE_DIR,
        env=house.environment | {"PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"process {house.launcher.pid}" in second.stderr


def test_the_web_process_comes_back_when_it_is_killed(house: House) -> None:
    (web,) = children_of(house.launcher.pid)[:1]
    os.kill(web, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if house.health()["http"] == "200" and web not in children_of(house.launcher.pid):
                break
        assert time.monotonic() < deadline, house.said.read_text()
        time.sleep(0.2)


def test_it_stops_within_ten_seconds_and_leaves_nothing_running(house: House) -> None:
    family = children_of(house.launcher.pid)
    family += [grandchild for child in family for grandchild in children_of(child)]
    house.launcher.terminate()
    assert house.launcher.wait(10) == 0
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    assert house.said.read_text().endswith("Tillit has stopped.\n")
