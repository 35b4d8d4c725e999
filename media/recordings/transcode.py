"""The one door to ffmpeg: where it is, and how it is run on a stranger's file.

Always: the reader forced by what the bytes say, no protocol but files, no terminal, a folder of
its own, limits (``confine.py``), an end when time is up, when its worker dies, or when the
work was taken over by somebody else.
"""

from __future__ import annotations

import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from media.recordings import confine

logger = logging.getLogger(__name__)
MEMORY = 4 * 1024**3
FILE_SIZE = 4 * 1024**3
NOTHING_ELSE = ("-hide_banner", "-nostdin", "-y", "-protocol_whitelist", "file,pipe")
Tick = Callable[[float], None]
"""Called about once a second with how far it has come, in seconds of the recording; may raise to stop."""


class NoProgram(Exception):
    """There is no ffmpeg here."""


class Unusable(Exception):
    """The file cannot be used; ``reason`` is a key of ``words.REFUSALS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Interrupted(Exception):
    """ffmpeg was stopped by something that is not the file's fault; another try may succeed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run."""

    status: int
    said: str
    has_network: bool


def find_program() -> Path:
    """The ffmpeg of this installation: the setting's, else the one in the media extra. Raises NoProgram."""
    named = getattr(settings, "TILLIT_FFMPEG", "")
    if named:
        if not Path(named).is_file():
            raise NoProgram(f"TILLIT_FFMPEG names no file: {named}")
        return Path(named)
    try:
        import imageio_ffmpeg

        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise NoProgram("install Tillit with its media extra, or set TILLIT_FFMPEG") from error


def read_as(demuxer: str, source: Path) -> list[str]:
    """The arguments that open a file by one reader and no other, whatever it says it is."""
    return ["-format_whitelist", demuxer, "-f", demuxer, "-i", str(source)]


def run_ffmpeg(
    arguments: Sequence[str], *, folder: Path, seconds: float, tick: Tick | None = None, threads: int = 2
) -> Run:
    """Run ffmpeg in a folder for at most so long. Raises Unusable("too slow") when the time is up."""
    limits = [str(int(seconds * threads) + 1), str(MEMORY), str(FILE_SIZE)]
    command = [sys.executable, "-I", str(Path(confine.__file__).resolve()), *limits, str(find_program())]
    heard = folder / "ffmpeg.log"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    with heard.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            [*command, *NOTHING_ELSE, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
            cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            _follow(process, time.monotonic() + seconds, tick)
        finally:
            _end(process)
    said = heard.read_bytes()[-20_000:].decode("utf-8", "replace")
    heard.unlink()
    _judge(process.returncode, said)
    return Run(process.returncode, said, confine.WITH_NETWORK in said)


def _follow(process: subprocess.Popen[bytes], deadline: float, tick: Tick | None) -> None:
    """Read progress until it ends; tell ``tick`` every second."""
    heard = process.stdout.fileno() if process.stdout else -1
    done, told, rest = 0.0, 0.0, b""
    with selectors.DefaultSelector() as selector:
        selector.register(heard, selectors.EVENT_READ)
        while True:
            if selector.select(timeout=1.0):
                chunk = os.read(heard, 65_536)
                if not chunk:
                    break
                *lines, rest = (rest + chunk).split(b"\n")
                done = max([done, *(_seconds_in(line) for line in lines)])
            now = time.monotonic()
            if now > deadline:
                raise Unusable("too slow")
            if tick is not None and now - told >= 1.0:
                told = now
                tick(done)
    try:
        process.wait(timeout=max(1.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise Unusable("too slow") from error


def _seconds_in(line: bytes) -> float:
    name, _, value = line.partition(b"=")
    if name == b"out_time_us" and value.strip().isdigit():
        return int(value) / 1_000_000
    return 0.0


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of it lives on: it is the head of a group of its own."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _judge(status: int, said: str) -> None:
    """Tell what ended it apart: the time limit, the machine, or (left to the caller) the file."""
    if status == -signal.SIGXCPU:
        raise Unusable("too slow")
    if "No space left on device" in said:
        raise Interrupted("the disk is full")
    if status in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT) or status == 126:
        raise Interrupted(f"ended by {status}")
