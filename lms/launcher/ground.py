"""What must be free before anything starts: the folder with the data, and the port."""

from __future__ import annotations

import fcntl
import os
import socket
from pathlib import Path
from typing import TextIO


class Refused(Exception):
    """Tillit cannot start here; the message says why and what to do, in one line."""


def claim_folder(folder: Path) -> TextIO:
    """Claim the folder for this process, for as long as the returned file is open.

    The claim is a lock that the operating system drops when the process ends, however it
    ends, so a crash leaves nothing to clean up. Raises Refused when another launcher has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "launcher.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise Refused(
            f"Tillit already runs on {folder} (process {holder}). Stop it, or choose another folder with TILLIT_VAR."
        ) from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def check_port(port: int) -> None:
    """Raise Refused unless the port can be listened on here."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OverflowError:
            raise Refused(f"PORT is {port}: choose a number between 1024 and 65535.") from None
        except OSError as error:
            raise Refused(
                f"Port {port} cannot be used ({error.strerror}). Choose another one, for example PORT={port + 1}."
            ) from None
