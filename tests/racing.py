"""The same thing done many times at once: each in a thread of its own, let go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def all_at_once(*calls: Callable[[], T]) -> Sequence[T]:
    """What each call returned, in order. An exception in any of them is raised here."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        gate.wait(timeout=30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, call) for call in calls]]
