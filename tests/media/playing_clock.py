"""A clock for playback that stands until a test moves it."""

from __future__ import annotations

import pytest

from media.playback import services


class Clock:
    """The server's time, in seconds."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def time(self) -> float:
        """What the services are told."""
        return self.now

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock playback reads; it stands until the test moves it."""
    standing = Clock()
    monkeypatch.setattr(services, "time", standing)
    return standing
