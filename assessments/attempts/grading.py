"""Marking: pure, provable from a table of examples (docs/algorithms/grading.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.bank.content import Content


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an attempt: ``points`` of ``out_of``; passed when the share reaches the pass mark."""

    points: int
    out_of: int
    passed: bool

    @property
    def percent(self) -> int:
        """The share of right answers, rounded down, so that 69.9 is never shown as 70."""
        return 100 * self.points // self.out_of if self.out_of else 0


def is_right(content: Content, answer: Iterable[str]) -> bool:
    """Whether the chosen ids are all that is right and nothing else.

    Holds for the three kinds built so far: of a single choice and a true/false question
    exactly one id is right, so one right id and no other is demanded there too.
    """
    return frozenset(answer) == content.right_ids


def needed_points(out_of: int, pass_percent: int) -> int:
    """The least number of right answers that passes: 70 % of 20 is 14, 70 % of 3 is 3 (2.1 rounded up)."""
    return -(-out_of * pass_percent // 100)


def mark(verdicts: Sequence[bool], pass_percent: int) -> Mark:
    """The mark of a paper from its verdicts. An empty paper cannot be passed."""
    points, out_of = sum(verdicts), len(verdicts)
    return Mark(points, out_of, out_of > 0 and points >= needed_points(out_of, pass_percent))
