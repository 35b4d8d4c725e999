"""Where the files of a recording lie: a private folder per recording, one inside it per making.

``recordings/<public id>/originals`` holds what was uploaded, ``…/<making>`` what was made of it.
Something new is made beside the old and appears whole, by rename; the row points at it in the
same transaction that ends the job; only then the old one goes.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import uuid
from pathlib import Path

from django.conf import settings

ORIGINALS = "originals"
HALF_MADE = ".making-"
NAME = re.compile(
    r"hls/master\.m3u8|hls/(?:720p|360p|lyd)/(?:index\.m3u8|init(?:_\d{1,2})?\.mp4|\d{3,6}\.m4s)"
    r"|film\.mp4|lyd\.mp3|poster\.jpg"
)
"""Every name a file of a recording can have. Nothing else is ever opened for a reader."""


def folder_of(public_id: uuid.UUID) -> Path:
    """The folder of one recording."""
    return Path(settings.MEDIA_ROOT) / "recordings" / str(public_id)


def file_of(public_id: uuid.UUID, making: str, name: str) -> Path | None:
    """One file of a recording, or None when the name is none of ours or there is no such file."""
    if not making or not NAME.fullmatch(name):
        return None
    path = folder_of(public_id) / making / name
    return path if path.is_file() else None


def begin_making(public_id: uuid.UUID) -> Path:
    """An empty folder to work in. What an interrupted try left is removed."""
    root = folder_of(public_id)
    root.mkdir(parents=True, exist_ok=True)
    for left in root.glob(f"{HALF_MADE}*"):
        shutil.rmtree(left, ignore_errors=True)
    work = root / f"{HALF_MADE}{secrets.token_hex(6)}"
    work.mkdir(mode=0o700)
    return work


def finish_making(work: Path, making: str) -> Path:
    """Let what was made appear under its name, whole and on the disk."""
    for path in sorted(work.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    work.chmod(0o755)
    target = work.parent / making
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
    return target


def keep_only(public_id: uuid.UUID, making: str) -> None:
    """Remove every other making of a recording. The originals stay."""
    for path in folder_of(public_id).iterdir():
        if path.is_dir() and path.name not in (ORIGINALS, making) and not path.name.startswith(HALF_MADE):
            shutil.rmtree(path, ignore_errors=True)


def remove_all(public_id: uuid.UUID) -> None:
    """Remove everything of a recording that is gone."""
    shutil.rmtree(folder_of(public_id), ignore_errors=True)
