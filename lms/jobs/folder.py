"""Messages as files in a folder: kombu's filesystem transport, with whole files and no copies.

Kombu writes a message into its final name and moves it through the system's temporary folder
when it is read. A reader that comes between the opening and the writing gets half a message
and ends the worker. Here a message appears whole, by rename, and belongs to whoever removes it.
"""

from __future__ import annotations

import logging
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Putting and taking one message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._listed: dict[str, list[Path]] = {}

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        """A message goes to the queue it names: no table of exchanges that could be lost or half written."""
        return [routing_key]

    def _queue_bind(self, *args: Any, **kwargs: Any) -> None:
        """So there is nothing to remember."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}_{uuid.uuid4().hex}.{queue}.msg"
        part = folder / f"{name}.part"
        part.write_text(dumps(payload), encoding="utf-8")
        part.replace(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        # The folder is read again when everything found in it has been taken: a full one stays cheap.
        listed = self._listed.get(queue) or sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg"), reverse=True)
        self._listed[queue] = listed
        while listed:
            path = listed.pop()
            try:
                text = path.read_bytes()
                path.unlink()
            except OSError:  # another worker was first
                continue
            try:
                return loads(text.decode())
            except ValueError:
                logger.warning("a message of %s bytes could not be read and was dropped", len(text))
        raise Empty


class Transport(filesystem.Transport):
    """kombu's filesystem transport with the channel above."""

    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # type: ignore[override]
        """Wait half a second at most, so that a worker told to stop hears of it."""
        super().drain_events(connection, timeout=min(timeout or 0.5, 0.5))
