"""Starting the servers under test and stopping them, each by its own process id."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.house import ROOT

START_SECONDS, STOP_SECONDS = 60, 10
REFERENCE_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers. ``pid`` leads everything it started."""

    name: str
    pid: int
    port: int


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def reference(log: Path) -> Iterator[Server]:
    """The empty view under gunicorn, two sync workers."""
    port = free_port()
    options = ("--bind", f"127.0.0.1:{port}", "--workers", str(REFERENCE_WORKERS), "--log-level", "warning")
    argv = (sys.executable, "-m", "gunicorn", *options, "--no-control-socket", "benchmarks.hello:application")
    with running("gunicorn", argv, {**os.environ}, port, "/", log) as server:
        yield server


@contextlib.contextmanager
def product(environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Tillit's web process, just as the launcher starts it."""
    from lms.launcher.processes import web

    port = free_port()
    with running("granian", web(port).argv, {**environment, "PORT": str(port)}, port, "/healthz", log) as server:
        yield server


@contextlib.contextmanager
def running(
    name: str, argv: tuple[str, ...], environment: dict[str, str], port: int, path: str, log: Path
) -> Iterator[Server]:
    """A server from its first answer until the block is left, however it is left."""
    with log.open("ab") as told:
        process = subprocess.Popen(
            argv, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True
        )
        try:
            wait_for(process, port, path, name, log)
            yield Server(name, process.pid, port)
        finally:
            stop(process)


def wait_for(process: subprocess.Popen[bytes], port: int, path: str, name: str, log: Path) -> None:
    """Until the server answers 200. Raises RuntimeError, with its last words, when it does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                connection.close()
                return
        time.sleep(0.1)
    words = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
    raise RuntimeError(f"{name} did not start:\n{words}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end; end the group it leads when it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
