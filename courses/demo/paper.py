"""Grunnprøven in three languages: one paper, one answer, three wordings."""

from __future__ import annotations

from typing import Any

from assessments.attempts.models import Paper
from assessments.attempts.services import write_paper
from assessments.bank.content import Choice, Content, true_false_choices
from assessments.bank.services import write_question
from courses.demo.reading import read_toml
from lms.wording import Wording

LANGUAGES = {"nb": (), "nn": ("nn",), "en": ("en",)}
"""language → the folder of its content"""
Told = dict[str, dict[str, Any]]
"""language → what its file tells of one thing"""


def load_paper() -> Paper:
    """Twenty questions, fourteen right to pass, three tries an hour apart."""
    files = {language: read_toml(*folder, "grunnprove.toml") for language, folder in LANGUAGES.items()}
    told = files["nb"]
    by_id = {language: {question["id"]: question for question in file["questions"]} for language, file in files.items()}
    questions = [
        write_question(
            key=f"{told['key']}:{question['id']}",
            content=content_of({language: found[question["id"]] for language, found in by_id.items()}),
        ).question
        for question in told["questions"]
    ]
    return write_paper(
        key=told["key"],
        title={language: file["title"] for language, file in files.items()},
        intro={language: file["intro"] for language, file in files.items()},
        mode=Paper.Mode.TEST,
        questions=questions,
        pass_percent=70,
        attempts_limit=3,
        wait_minutes=60,
    )


def content_of(told: Told) -> Content:
    """A question as the bank keeps it. Bokmål says which choices there are and what is right."""
    question = told["nb"]
    if question["kind"] == "true_false":
        choices = true_false_choices(question["right"])
    else:
        by_choice = {
            language: {choice["id"]: choice for choice in found["choices"]} for language, found in told.items()
        }
        choices = tuple(
            Choice(
                choice["id"],
                _wording({language: found[choice["id"]] for language, found in by_choice.items()}, "text"),
                choice["right"],
                _wording({language: found[choice["id"]] for language, found in by_choice.items()}, "feedback"),
            )
            for choice in question["choices"]
        )
    return Content(
        question["kind"], _wording(told, "stem"), choices, _wording(told, "feedback"), question.get("lesson", "")
    )


def _wording(told: Told, name: str) -> Wording:
    return {language: found[name] for language, found in told.items() if found.get(name)}
