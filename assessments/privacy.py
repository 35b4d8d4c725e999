"""Door: what is personal in the assessments wing."""

from assessments.attempts.models import Attempt, Paper, PaperQuestion, Response
from assessments.bank.kinds import MultipleChoice, SingleChoice, TrueFalse
from assessments.bank.models import Question, QuestionVersion
from lms.privacy.declarations import Kind, OnErase, Personal, declare

for model in (Question, SingleChoice, MultipleChoice, TrueFalse):
    own = "" if model is Question else "question_ptr"
    declare(model, plain=f"id key created_at polymorphic_ctype {own}")
declare(QuestionVersion, plain="id question number kind content created_at")
declare(Paper, plain="id public_id key title intro mode pass_percent attempts_limit wait_minutes")
declare(PaperQuestion, plain="id paper question order")

_TRY = Personal(Kind.LEARNING, "levels rest on papers passed", "as long as the membership", OnErase.DELETE_ROW)
declare(
    Attempt,
    plain="id public_id out_of",
    paper=_TRY,
    member=_TRY,
    number=_TRY,
    state=_TRY,
    started_at=_TRY,
    submitted_at=_TRY,
    graded_at=_TRY,
    points=_TRY,
    passed=_TRY,
)
_ANSWER = Personal(
    Kind.LEARNING, "mark the attempt and show what to read again", "12 months, then only the mark", OnErase.DELETE_ROW
)
declare(
    Response,
    plain="id order",
    attempt=_ANSWER,
    version=_ANSWER,
    answer=_ANSWER,
    answered_at=_ANSWER,
    is_right=_ANSWER,
)
