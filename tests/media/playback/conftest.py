"""A clock that stands until the test moves it."""

from tests.media.playing_clock import clock

__all__ = ["clock"]
