"""From a content file's blocks to the body of a lesson page."""

from __future__ import annotations

import uuid
from typing import Any


def body_of(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored form of a lesson's body. Block ids are those of the file, so they never change."""
    return [{"type": block["type"], "id": block["id"], "value": _VALUES[block["type"]](block)} for block in blocks]


def _titled(block: dict[str, Any]) -> dict[str, str]:
    return {"title": block["title"], "text": block["html"].strip()}


def _reflection(block: dict[str, Any]) -> dict[str, str]:
    return {"prompt": block["prompt"], "hint": block.get("hint", "")}


def _checklist(block: dict[str, Any]) -> dict[str, Any]:
    items = [
        {"type": "item", "id": _within(block["id"], place), "value": item} for place, item in enumerate(block["items"])
    ]
    return {"title": block["title"], "items": items}


def _quiz(block: dict[str, Any]) -> dict[str, Any]:
    return {"title": block["title"], "questions": [_question(question) for question in block["questions"]]}


def _question(question: dict[str, Any]) -> dict[str, Any]:
    told = {"stem": question["stem"], "feedback": question.get("feedback", "")}
    if question["kind"] == "true_false":
        return {"type": "claim", "id": question["id"], "value": {**told, "is_true": question["right"]}}
    choices = [
        {
            "type": "item",
            "id": _within(question["id"], choice["id"]),
            "value": {"text": choice["text"], "right": choice["right"], "feedback": choice.get("feedback", "")},
        }
        for choice in question["choices"]
    ]
    kind = "multiple" if question["kind"] == "multiple" else "choices"
    return {"type": kind, "id": question["id"], "value": {**told, "choices": choices}}


def _within(outer: str, inner: object) -> str:
    """A stable id for a part of a block."""
    return str(uuid.uuid5(uuid.UUID(outer), str(inner)))


_VALUES = {
    "text": lambda block: block["html"].strip(),
    "fact": _titled,
    "example": _titled,
    "reflection": _reflection,
    "checklist": _checklist,
    "quiz": _quiz,
}
