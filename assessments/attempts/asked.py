"""What a paper asks now: its questions' newest versions, kept between requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from assessments.attempts.models import PaperQuestion
from assessments.bank.content import Content, read_content
from assessments.bank.models import QuestionVersion
from lms.keeping import forget, kept


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a paper: the id of the version that holds now, and what it says."""

    version_id: int
    content: Content


def asked_by(paper_id: int) -> tuple[Asked, ...]:
    """The questions of a paper in order, each in its newest version. Warm: no query."""
    return kept("asked", f"paper-{paper_id}", lambda: read_asked(paper_id))


def forget_asked(paper_id: int) -> None:
    """Drop what is kept; writing the paper or one of its questions does so."""
    forget(f"paper-{paper_id}")


def read_asked(paper_id: int) -> tuple[Asked, ...]:
    """The same, from the database. Two queries."""
    newest = QuestionVersion.objects.filter(question=OuterRef("question")).order_by("-number").values("pk")[:1]
    placements = PaperQuestion.objects.filter(paper=paper_id).annotate(newest=Subquery(newest)).order_by("order")
    ids = list(placements.values_list("newest", flat=True))
    rows = QuestionVersion.objects.in_bulk(ids)
    return tuple(Asked(pk, read_content(rows[pk].content)) for pk in ids)
