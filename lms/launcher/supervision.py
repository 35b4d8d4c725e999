"""Keeping processes running: start, watch, restart what dies, stop all.

Each process leads a group of its own, so that nothing it started outlives it. On Linux the
kernel ends the processes even when the launcher is killed and can no longer say goodbye.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from lms.launcher.processes import Process

TICK = 0.1
STOP_SECONDS = 7.0
DEATHS, WITHIN_SECONDS = 5, 30.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 4.0
PR_SET_PDEATHSIG = 1


class GaveUp(Exception):
    """A process does not stay up; the message says which."""


def say(text: str) -> None:
    """One line (or more) from the launcher to whoever started it."""
    print(text, flush=True)


class Child:
    """One process of the table: running, or waiting to be started again."""

    def __init__(self, process: Process, folder: Path) -> None:
        self.process, self.folder = process, folder
        self.running: subprocess.Popen[str] | None = None
        self.deaths: list[float] = []
        self.start_at = 0.0

    def start(self, stdout: IO[str] | int | None = None) -> subprocess.Popen[str]:
        """Start the process in a group of its own."""
        self.running = subprocess.Popen(
            self.process.argv,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            text=True,
            start_new_session=True,
            preexec_fn=_end_with_parent(os.getpid()),
        )
        return self.running

    def watch(self, now: float) -> None:
        """Start again what has died, after a pause that grows. Raises GaveUp when it dies too often."""
        if self.running is None:
            if now >= self.start_at:
                self.start()
            return
        status = self.running.poll()
        if status is None:
            return
        self.end_group(signal.SIGKILL)
        self.running = None
        self.deaths = [at for at in self.deaths if now - at < WITHIN_SECONDS] + [now]
        if len(self.deaths) >= DEATHS:
            raise GaveUp(
                f"{self.process.name} ended {DEATHS} times within {WITHIN_SECONDS:.0f} seconds, the last time "
                f"with status {status}. What it said stands above."
            )
        pause = min(FIRST_PAUSE * 2 ** (len(self.deaths) - 1), LONGEST_PAUSE)
        self.start_at = now + pause
        say(f"{self.process.name} ended with status {status}; starting it again in {pause:g} s.")

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def end_group(self, how: signal.Signals) -> None:
        """Signal whatever is left of the process and of what it started."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, how)


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """What a new process does first on Linux: ask the kernel to be told to end when its parent is gone."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went between the fork and the call
            os._exit(1)

    return ask


class Supervisor:
    """Runs a table of processes until told to stop.

    ``is_ready`` is asked once a tick until it says yes; then ``on_ready`` is called, once.
    """

    def __init__(self, folder: Path, *, ready_within: float = 90.0) -> None:
        self.folder, self.ready_within = folder, ready_within
        self.is_stopping = False

    def listen(self) -> None:
        """Stop on Ctrl-C, on TERM and when the terminal goes away."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: object) -> None:
        self.is_stopping = True

    def run_once(self, process: Process) -> tuple[int | None, str]:
        """Run one process to its end: status and what it printed. The status is None when told to stop."""
        child = Child(process, self.folder)
        running = child.start(stdout=subprocess.PIPE)
        while running.poll() is None and not self.is_stopping:
            time.sleep(TICK)
        if self.is_stopping:
            stop([child])
            return None, ""
        return running.returncode, running.communicate()[0]

    def run(self, processes: Sequence[Process], *, is_ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        """Keep the processes running until told to stop; then stop them all. Raises GaveUp."""
        children = [Child(process, self.folder) for process in processes]
        waiting, started = True, time.monotonic()
        try:
            while not self.is_stopping:
                now = time.monotonic()
                for child in children:
                    child.watch(now)
                if waiting and is_ready():
                    waiting = False
                    on_ready()
                elif waiting and now - started > self.ready_within:
                    raise GaveUp(f"Tillit did not answer within {self.ready_within:.0f} seconds.")
                time.sleep(TICK)
        finally:
            stop(children)


def stop(children: Sequence[Child]) -> None:
    """End the children in good order; what has not ended after a few seconds is killed."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        if child.running is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.running.wait(max(0.0, deadline - time.monotonic()))
            child.end_group(signal.SIGKILL)
            child.running.wait()
