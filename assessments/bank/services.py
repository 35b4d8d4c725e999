"""Writing questions."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from assessments.bank.content import BadQuestion, Content, check_content
from assessments.bank.kinds import KINDS
from assessments.bank.models import Question, QuestionVersion
from assessments.bank.signals import question_written


@transaction.atomic
def write_question(*, key: str, content: Content) -> QuestionVersion:
    """Write the question ``key`` as ``content`` says; the version that now holds.

    The same content again writes nothing. A changed content becomes the next version; earlier
    ones stay, for the answers that point at them. Raises BadQuestion for content that cannot
    be asked, and when the kind of an existing question would change.
    """
    check_content(content)
    question = Question.objects.filter(key=key).first()
    if question is None:
        question = KINDS[content.kind].objects.create(key=key)
    elif question.kind != content.kind:
        raise BadQuestion(f"this is a {question.kind} question; write a new one to ask in another way")
    latest = question.versions.order_by("-number").first()
    stored = content.as_json()
    if latest is not None and latest.content == stored:
        return latest
    number = (question.versions.aggregate(Max("number"))["number__max"] or 0) + 1
    version = QuestionVersion.objects.create(question=question, number=number, kind=content.kind, content=stored)
    question_written.send(Question, ids=[question.pk])
    return version
