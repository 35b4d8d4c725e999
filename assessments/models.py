"""Door: the models of the assessments wing."""

from assessments.attempts.models import Attempt, Paper, PaperQuestion, Response
from assessments.bank.kinds import MultipleChoice, SingleChoice, TrueFalse
from assessments.bank.models import Question, QuestionVersion

__all__ = [
    "Attempt",
    "MultipleChoice",
    "Paper",
    "PaperQuestion",
    "Question",
    "QuestionVersion",
    "Response",
    "SingleChoice",
    "TrueFalse",
]
