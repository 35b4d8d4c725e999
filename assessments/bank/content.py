"""What a question says: read from and written to the JSON of a version. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.wording import Wording

TRUE, FALSE = "true", "false"
"""The two answers of a true/false question."""


class BadQuestion(ValueError):
    """A question that cannot be asked; the message names what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: ``right`` never leaves the server before the answer is in."""

    id: str
    text: Wording
    right: bool
    feedback: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """Stem, choices and feedback of one question version.

    A true/false question has the two choices ``true`` and ``false`` without texts.
    ``lesson`` is the key of the lesson that helps whoever answers wrong.
    """

    kind: str
    stem: Wording
    choices: tuple[Choice, ...]
    feedback: Wording = field(default_factory=dict)
    lesson: str = ""

    @property
    def right_ids(self) -> frozenset[str]:
        """The ids of what is right."""
        return frozenset(choice.id for choice in self.choices if choice.right)

    @property
    def choice_ids(self) -> frozenset[str]:
        """The ids of all choices."""
        return frozenset(choice.id for choice in self.choices)

    def as_json(self) -> dict[str, Any]:
        """The form it is stored in."""
        return {
            "kind": self.kind,
            "stem": dict(self.stem),
            "choices": [
                {"id": c.id, "text": dict(c.text), "right": c.right, "feedback": dict(c.feedback)} for c in self.choices
            ],
            "feedback": dict(self.feedback),
            "lesson": self.lesson,
        }


def true_false_choices(claim_is_true: bool) -> tuple[Choice, ...]:
    """The two choices of a true/false question."""
    return (Choice(TRUE, {}, claim_is_true), Choice(FALSE, {}, not claim_is_true))


def read_content(data: Mapping[str, Any]) -> Content:
    """The content stored in a version."""
    return Content(
        kind=data["kind"],
        stem=data["stem"],
        choices=tuple(Choice(c["id"], c["text"], c["right"], c.get("feedback", {})) for c in data["choices"]),
        feedback=data.get("feedback", {}),
        lesson=data.get("lesson", ""),
    )


def check_content(content: Content) -> None:
    """Raise BadQuestion, saying what would be right, for a question that cannot be asked."""
    if not any(content.stem.values()):
        raise BadQuestion("the question has no text")
    if len(content.choice_ids) != len(content.choices):
        raise BadQuestion("two choices share one id")
    right = len(content.right_ids)
    if content.kind in ("single", "true_false") and right != 1:
        raise BadQuestion(f"exactly one choice must be right, here {right} are")
    if content.kind == "multiple" and right == 0:
        raise BadQuestion("at least one choice must be right")
    if len(content.choices) < 2:
        raise BadQuestion("a question needs at least two choices")
