"""What dies is started again; what dies too often ends it all; and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lms.launcher import supervision
from lms.launcher.processes import Process
from lms.launcher.supervision import GaveUp, Supervisor

SLEEPER = "import os, time; open(os.environ['PIDS'], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); {SLEEPER}"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"


def program(code: str) -> Process:
    return Process("test", (sys.executable, "-c", code))


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """The processes that have said they run."""
    file = tmp_path / "pids"
    file.touch()
    monkeypatch.setenv("PIDS", str(file))
    return lambda: [int(line) for line in file.read_text().split()]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[Process], Supervisor]]:
    """``running(process)``: a supervisor that keeps the process up until the test is over."""
    started: list[tuple[Supervisor, threading.Thread]] = []

    def start(process: Process) -> Supervisor:
        supervisor = Supervisor(tmp_path)
        thread = threading.Thread(
            target=supervisor.run, args=([process],), kwargs={"is_ready": lambda: True, "on_ready": lambda: None}
        )
        thread.start()
        started.append((supervisor, thread))
        return supervisor

    yield start
    for supervisor, thread in started:
        supervisor.is_stopping = True
        thread.join(20)


def wait_for(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 15
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, 0)
        if not Path("/proc/self/stat").exists():
            return True
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def test_a_process_that_is_killed_is_started_again(running, pids) -> None:
    running(program(SLEEPER))
    wait_for(lambda: len(pids()) == 1)
    os.kill(pids()[0], signal.SIGKILL)
    wait_for(lambda: len(pids()) == 2)
    assert is_alive(pids()[1])


def test_what_a_killed_process_had_started_is_ended_before_it_starts_again(running, pids) -> None:
    running(program(PARENT))
    wait_for(lambda: len(pids()) == 2)
    first = pids()
    os.kill(os.getpgid(first[0]), signal.SIGKILL)
    wait_for(lambda: len(pids()) == 4)
    assert [is_alive(pid) for pid in first] == [False, False]


def test_stopping_ends_every_process_and_what_it_started(running, pids) -> None:
    supervisor = running(program(PARENT))
    wait_for(lambda: len(pids()) == 2)
    supervisor.is_stopping = True
    wait_for(lambda: not any(is_alive(pid) for pid in pids()))


def test_a_process_that_will_not_stop_is_killed(running, pids, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "STOP_SECONDS", 0.5)
    supervisor = running(program(STUBBORN))
    wait_for(pids)
    supervisor.is_stopping = True
    wait_for(lambda: not is_alive(pids()[0]))


def test_a_process_that_dies_five_times_ends_it_all_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.01)
    with pytest.raises(GaveUp, match=r"test ended 5 times within 30 seconds, the last time with status 3"):
        Supervisor(tmp_path).run([program("raise SystemExit(3)")], is_ready=lambda: False, on_ready=lambda: None)


def test_a_house_that_never_answers_is_given_up(tmp_path: Path, pids) -> None:
    supervisor = Supervisor(tmp_path, ready_within=0.3)
    with pytest.raises(GaveUp, match="did not answer"):
        supervisor.run([program(SLEEPER)], is_ready=lambda: False, on_ready=lambda: None)
    assert not any(is_alive(pid) for pid in pids())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's word to children is Linux's")
def test_processes_end_when_the_launcher_is_killed(tmp_path: Path, pids) -> None:
    launcher = (
        "import sys; from pathlib import Path; from lms.launcher.processes import Process;"
        "from lms.launcher.supervision import Supervisor;"
        f"p = Process('test', (sys.executable, '-c', {SLEEPER!r}));"
        "Supervisor(Path('.')).run([p], is_ready=lambda: True, on_ready=lambda: None)"
    )
    started = subprocess.Popen([sys.executable, "-c", launcher])
    wait_for(pids)
    started.kill()
    started.wait()
    wait_for(lambda: not is_alive(pids()[0]))
