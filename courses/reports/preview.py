"""Who gets a certificate, who has one, who is missing something and why: before anything is issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import Credential
from courses.curriculum.models import Course
from courses.enrolment.models import CourseCompletion, Enrolment
from courses.progression.engine import check
from courses.progression.explain import sentence
from courses.progression.models import Award, Level
from courses.progression.queries import gather_records, rule_on, tree_of
from courses.reports.drafts import Subject, completion_key
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership, Unit
from lms.pages.templatetags.tillit import long_date
from lms.periods import today


class Decision(StrEnum):
    """What the batch would do for a person."""

    GETS = "gets"
    HAS = "has"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the preview. ``basis_id`` is the award or completion a certificate would rest on."""

    member: Member
    unit: str
    decision: Decision
    reason: str
    basis_id: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everybody the batch concerns, by name."""

    rows: list[Row]

    def count(self, decision: Decision) -> int:
        """How many rows have a decision."""
        return sum(row.decision == decision for row in self.rows)

    @property
    def basis_ids(self) -> list[int]:
        """What would be issued for, in a fixed order."""
        return sorted(row.basis_id for row in self.rows if row.decision == Decision.GETS and row.basis_id)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a certificate rests on: an award or a completion."""

    id: int
    key: str
    member_id: int
    text: str


def preview_batch(subject: Subject, unit: Unit, *, to: Member, on: dt.date | None = None) -> Preview:
    """The preview for a level or a course in a unit and all below it.

    Concerns those who have reached it and those who are on their way, but not the reader:
    nobody issues to themselves. Raises PermissionDenied
    unless ``to`` may issue there. A constant number of queries, however many people.
    """
    day = on or today()
    access.demand(to, access.Right.ISSUE_CERTIFICATES, unit=unit, on=day)
    people = access.people_under(access.below([unit.pk], on=day), on=day).exclude(pk=to.pk)
    bases = _awards(subject, people, day) if isinstance(subject, Level) else _completions(subject, people)
    issued = dict(Credential.objects.filter(award_key__in=[b.key for b in bases]).values_list("award_key", "issued_on"))
    course = subject if isinstance(subject, Course) else _course_of(subject, day)
    begun = Enrolment.objects.filter(course=course, member__in=people.values("pk")).values_list("member", flat=True)
    concerned = {basis.member_id for basis in bases} | set(begun)
    members = Member.objects.in_bulk(list(concerned))
    units = dict(Membership.objects.on(day).filter(member__in=concerned).values_list("member", "unit__name"))
    rows = [_reached(basis, members, units, issued) for basis in bases]
    waiting = concerned - {basis.member_id for basis in bases}
    rows += _on_their_way(subject, members, units, waiting, day)
    return Preview(sorted(rows, key=lambda row: (row.member.name_key, row.member.pk)))


def _course_of(level: Level, day: dt.date) -> Course | None:
    rule = rule_on(level, day)
    return rule.certificate_course if rule else None


def _awards(level: Level, people: Iterable[Member], day: dt.date) -> list[_Basis]:
    """The newest award of each person who holds the level. An extension is no new one: it lets the old one last."""
    holding = Award.objects.valid_on(day).filter(level=level, member__in=people).values("member")
    rows = Award.objects.counting(day).filter(level=level, member__in=holding).exclude(ending__on__lte=day)
    given = rows.exclude(origin=Award.Origin.EXTENDED)
    newest = {row.member_id: row for row in given.order_by("awarded_on", "pk")}
    words = _("Reached %(date)s")
    return [_Basis(row.pk, row.key, pk, words % {"date": long_date(row.awarded_on)}) for pk, row in newest.items()]


def _completions(course: Course, people: Iterable[Member]) -> list[_Basis]:
    rows = CourseCompletion.objects.filter(course=course, member__in=people).select_related("course", "member")
    words = _("Completed %(date)s")
    return [
        _Basis(
            row.pk,
            completion_key(row),
            row.member_id,
            words % {"date": long_date(timezone.localdate(row.completed_at))},
        )
        for row in rows
    ]


def _reached(basis: _Basis, members: dict[int, Member], units: dict[int, str], issued: dict[str, dt.date]) -> Row:
    member, unit = members[basis.member_id], units.get(basis.member_id, "")
    if basis.key in issued:
        reason = _("Has the certificate from %(date)s") % {"date": long_date(issued[basis.key])}
        return Row(member, unit, Decision.HAS, reason)
    if not member.name.strip():
        reason = _("The name is missing in the member register. Without it nothing can be printed.")
        return Row(member, unit, Decision.MISSING, reason)
    return Row(member, unit, Decision.GETS, basis.text, basis.id)


def _on_their_way(
    subject: Subject, members: dict[int, Member], units: dict[int, str], waiting: set[int], day: dt.date
) -> list[Row]:
    """Those who have begun and not reached it, each with the sentence that says what is missing."""
    rule = rule_on(subject, day) if isinstance(subject, Level) else None
    if rule is None:
        reasons = dict.fromkeys(waiting, _("Has begun, and has not completed the course."))
    else:
        tree, records = tree_of(rule), gather_records(waiting, on=day)
        reasons = {pk: sentence(check(tree, records[pk]), of_another=True) for pk in waiting}
    return [Row(members[pk], units.get(pk, ""), Decision.MISSING, reasons[pk]) for pk in waiting]
