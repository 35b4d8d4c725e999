"""Reading a lesson's blocks: which of them are activities, and what their questions say. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.bank.content import Choice, Content, true_false_choices
from lms.wording import Wording

ACTIVITY_KINDS = {
    "quiz": "quiz", "video": "video", "episode": "episode", "reflection": "reflection", "checklist": "checklist",
}  # fmt: skip
"""Block type → activity kind. Films, episodes and check questions are needed for a lesson to be done."""
REQUIRED_KINDS = frozenset({"quiz", "video", "episode"})
_SPACE = uuid.UUID("8f0e6c0e-2f2a-4c36-9d0c-0c8a3a6b2d11")


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """One question as one language has it, with the id of its block."""

    id: str
    content: Content


def activity_blocks(body: Any) -> Iterator[tuple[uuid.UUID, str, Any]]:
    """(key, kind, value) of each activity in a lesson's body, in order."""
    for block in body:
        kind = ACTIVITY_KINDS.get(block.block_type)
        if kind and block.id:
            yield block_key(block.id), kind, block.value


def block_key(block_id: str) -> uuid.UUID:
    """The activity's key: the id of its block."""
    try:
        return uuid.UUID(str(block_id))
    except ValueError:
        return uuid.uuid5(_SPACE, str(block_id))


def questions_of(quiz: Any, language: str) -> list[WrittenQuestion]:
    """The questions of a quiz block, in one language."""
    return [WrittenQuestion(str(child.id), _content(child, language)) for child in quiz["questions"]]


def recordings_in(told: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """(language, recording id) of a film or an episode, from its block in each language."""
    return tuple(sorted((language, value["recording"].pk) for language, value in told.items() if value["recording"]))


def _content(child: Any, language: str) -> Content:
    value = child.value
    stem: Wording = {language: value["stem"]}
    feedback: Wording = {language: value["feedback"]} if value["feedback"] else {}
    if child.block_type == "claim":
        return Content("true_false", stem, true_false_choices(bool(value["is_true"])), feedback)
    choices = tuple(
        Choice(
            id=str(item.id),
            text={language: item.value["text"]},
            right=bool(item.value["right"]),
            feedback={language: item.value["feedback"]} if item.value["feedback"] else {},
        )
        for item in value["choices"].bound_blocks
    )
    return Content("multiple" if child.block_type == "multiple" else "single", stem, choices, feedback)


def in_all_languages(versions: list[Content]) -> Content:
    """One content from the same question in several languages; the first decides what is right.

    A choice that a translation does not have simply has no text in that language.
    """
    first, rest = versions[0], versions[1:]
    by_language = [{choice.id: choice for choice in other.choices} for other in rest]
    choices = tuple(
        Choice(
            choice.id,
            _joined([choice.text, *(other[choice.id].text for other in by_language if choice.id in other)]),
            choice.right,
            _joined([choice.feedback, *(other[choice.id].feedback for other in by_language if choice.id in other)]),
        )
        for choice in first.choices
    )
    return Content(
        first.kind,
        _joined([content.stem for content in versions]),
        choices,
        _joined([content.feedback for content in versions]),
        first.lesson,
    )


def _joined(texts: list[Wording]) -> Wording:
    return {language: text for wording in reversed(texts) for language, text in wording.items()}
