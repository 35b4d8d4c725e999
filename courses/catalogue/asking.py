"""Questions as the reader meets them. What is right is said only about questions already answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.attempts.asked import Asked, asked_by
from assessments.attempts.queries import Answered
from assessments.bank.content import FALSE, TRUE, Choice, Content
from courses.catalogue.reading import questions_of
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice: ``state`` is '' until the question is answered, then right, wrong or missed."""

    id: str
    text: str
    is_chosen: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with the reader's answer."""

    number: int
    total: int
    stem: str
    kind: str
    choices: list[ChoiceView]
    field_name: str
    action: str
    feedback: str = ""
    is_answered: bool = False
    is_right: bool = False
    can_retry: bool = True


def written_quiz(paper_id: int) -> tuple[Asked, ...]:
    """What a quiz asks now."""
    return asked_by(paper_id)


def quiz_views(
    paper_id: int | None, language: str, action: str, answers: Mapping[int, Answered], *, block: Any = None
) -> list[QuestionView]:
    """The check questions of a quiz; of a draft (``block``) when there is no paper yet."""
    if paper_id is None:
        drafts = [question.content for question in questions_of(block.value, language)] if block else []
        return [
            QuestionView(place, len(drafts), in_language(content.stem, language), content.kind,
                         [ChoiceView(c.id, choice_text(content, c, language)) for c in content.choices], "", "")
            for place, content in enumerate(drafts, start=1)
        ]  # fmt: skip
    asked = asked_by(paper_id)
    return [
        question_view(question, place, len(asked), language, action, answers.get(question.version_id))
        for place, question in enumerate(asked, start=1)
    ]


def question_view(
    asked: Asked, number: int, total: int, language: str, action: str, answered: Answered | None
) -> QuestionView:
    """One check question: after a wrong answer it says which choice was wrong and why, not which is right."""
    content = asked.content
    is_right = bool(answered and answered.is_right)
    chosen = set(answered.answer) if answered else set()
    choices = [
        ChoiceView(
            choice.id,
            choice_text(content, choice, language),
            choice.id in chosen,
            _state(choice, chosen, is_right) if answered else "",
        )
        for choice in content.choices
    ]
    return QuestionView(
        number=number,
        total=total,
        stem=in_language(content.stem, language),
        kind=content.kind,
        choices=choices,
        field_name=f"q{asked.version_id}",
        action=f"{action}#q{asked.version_id}" if action else "",
        feedback=_feedback(content, chosen, is_right, language) if answered else "",
        is_answered=answered is not None,
        is_right=is_right,
    )


def choice_text(content: Content, choice: Choice, language: str) -> str:
    """What a choice says; the two of a claim have the same words everywhere."""
    if content.kind == "true_false":
        return {TRUE: _("True"), FALSE: _("False")}[choice.id]
    return in_language(choice.text, language)


def _state(choice: Choice, chosen: set[str], is_right: bool) -> str:
    """Until the whole answer is right, only what was chosen and wrong is named."""
    if is_right:
        return "right" if choice.right else ""
    return "wrong" if choice.id in chosen and not choice.right else ""


def _feedback(content: Content, chosen: set[str], is_right: bool, language: str) -> str:
    """Why: of the chosen choices; of the question once it is right, or when no chosen one says why."""
    own = [in_language(c.feedback, language) for c in content.choices if c.id in chosen]
    words = [text for text in own if text]
    if is_right or not words:
        words.append(in_language(content.feedback, language))
    if not is_right and not words[-1]:
        words[-1] = _("Not quite. Read the passage above once more, and try again.")
    return "\n\n".join(dict.fromkeys(filter(None, words)))
