"""Putting a whole file in the place of another: at every moment one of the two is there, complete.

Written beside it, synced, renamed, and the folder synced; whatever is cut short leaves the old
file as it was, and beside it a part that the next writing sweeps away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

PART = ".part"
STALE_SECONDS = 24 * 3600


@contextlib.contextmanager
def whole_file(place: Path) -> Iterator[Path]:
    """Give a path to write to; when that is done without fault it becomes ``place``."""
    _sweep(place.parent)
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}{PART}")
    try:
        yield part
        _sync(part)
        part.replace(place)
        _sync(place.parent)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold a folder while a file in it is made from what it was: of two writers the second waits."""
    with (folder / ".lock").open("w") as lock:
        try:
            import fcntl
        except ImportError:  # a system without it has one worker
            yield
            return
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(place: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what a writer that was killed left behind; a younger one may still be at work."""
    for part in folder.glob(f".*{PART}"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > STALE_SECONDS:
                part.unlink()
