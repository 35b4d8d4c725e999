"""What publishing found on the pages, before it becomes rows. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from lms.wording import Wording


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An activity to place: what it is and whether the lesson needs it.

    ``paper_id`` for quiz and test; ``recordings`` for film and episode: (language, recording id), in order.
    """

    key: uuid.UUID
    kind: str
    is_required: bool = True
    paper_id: int | None = None
    recordings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """A lesson (or the test at the end) with its activities in order."""

    key: uuid.UUID
    title: Wording
    minutes: int
    items: tuple[PlannedItem, ...]
    module_key: uuid.UUID | None = None
    module_number: int = 0
    module_title: Wording = field(default_factory=dict)
    is_test: bool = False
