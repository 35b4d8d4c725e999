"""From an award to what its certificate says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.attempts.models import Attempt
from certificates.services import Draft
from courses.curriculum.models import Course, OutlineLesson
from courses.enrolment.models import CourseCompletion
from courses.progression.models import Award, Level
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership, Term, Unit
from lms.organisation.queries import terms_of
from lms.pages.models import OrganisationSettings
from lms.pages.templatetags.tillit import long_date
from lms.pages.templatetags.tillit import minutes as in_minutes
from lms.wording import in_language

Subject = Level | Course
"""What a batch of certificates is for."""
ISSUE = access.Right.ISSUE_CERTIFICATES


def drafts_for(subject: Subject, basis_ids: Iterable[int], *, signed_by: Member | None = None) -> list[Draft]:
    """One draft per award of a level, or per completion of a course, in the order of the ids.

    ``signed_by`` puts that person's name on the line, with the office they sign by.
    """
    drafts = course_drafts(basis_ids) if isinstance(subject, Course) else level_drafts(basis_ids)
    if signed_by is None:
        return drafts
    terms = [term for term in terms_of(signed_by) if ISSUE in access.rights_of_term(term)]
    return [replace(draft, signatures=(_signature(signed_by, terms, draft.language),)) for draft in drafts]


def _signature(member: Member, terms: Sequence[Term], language: str) -> tuple[str, str]:
    """Name and office of the one who signs; "administrator" for one who holds the right by appointment."""
    with override(language):
        if not terms:
            return (member.name, _("Administrator"))
        return (member.name, f"{in_language(terms[0].office.title, language)}, {terms[0].body.unit.name}")


def course_drafts(completion_ids: Iterable[int]) -> list[Draft]:
    """One draft per course completion, in the holder's language. A constant number of queries."""
    ids = list(completion_ids)
    rows = CourseCompletion.objects.filter(pk__in=ids).select_related("member", "course").order_by("pk")
    done = list(rows)
    units = _units_of({row.member_id: timezone.localdate(row.completed_at) for row in done})
    minutes = _course_minutes({row.course_id for row in done})
    organisation = OrganisationSettings.current().name
    found = []
    for row in done:
        language, day = row.member.language, timezone.localdate(row.completed_at)
        with override(language):
            facts = [(_("Completed"), long_date(day))]
            if minutes.get(row.course_id):
                facts.insert(0, (_("Extent"), in_minutes(minutes[row.course_id])))
            found.append(
                Draft(
                    award_key=completion_key(row),
                    holder=row.member,
                    title=in_language(row.course.title),
                    level_line="",
                    organisation=organisation,
                    unit=units[row.member_id].name if row.member_id in units else "",
                    language=language,
                    awarded_on=day,
                    rule=f"course:{row.course.key}@{row.outline_id}",
                    facts=tuple(facts),
                )
            )
    return found


def completion_key(row: CourseCompletion) -> str:
    """The stable key a course certificate remembers its completion by."""
    return f"course:{row.course.public_id}:{row.member.public_id}"


def level_drafts(award_ids: Iterable[int]) -> list[Draft]:
    """One draft per award, in the holder's language. A constant number of queries however many."""
    awards = list(
        Award.objects.filter(pk__in=list(award_ids))
        .select_related("member", "level__track", "rule__certificate_course")
        .order_by("pk")
    )
    units = _units_of({award.member_id: award.awarded_on for award in awards})
    minutes = _course_minutes({award.rule.certificate_course_id for award in awards})
    marks = _best_marks(awards)
    organisation = OrganisationSettings.current().name
    return [_draft(award, organisation, units, minutes, marks) for award in awards]


def _draft(
    award: Award,
    organisation: str,
    units: dict[int, Unit],
    minutes: dict[int, int],
    marks: dict[int, tuple[int, int]],
) -> Draft:
    language = award.member.language
    course = award.rule.certificate_course
    unit = units.get(award.member_id)
    with override(language):
        facts = []
        if course is not None and minutes.get(course.pk) and award.origin == Award.Origin.EARNED:
            facts.append((_("Extent"), in_minutes(minutes[course.pk])))
        if award.pk in marks:
            points, out_of = marks[award.pk]
            facts.append((_("Test"), _("%(points)d of %(total)d") % {"points": points, "total": out_of}))
        facts.append((_("Completed"), long_date(award.awarded_on)))
        if award.valid_until:
            facts.append((_("Valid until"), long_date(award.valid_until)))
        return Draft(
            award_key=award.key,
            holder=award.member,
            title=in_language(course.title) if course else in_language(award.level.display_name),
            level_line=_("Level %(n)d, %(name)s, in the leadership training")
            % {"n": award.level.order, "name": in_language(award.level.display_name)},
            organisation=organisation,
            unit=unit.name if unit else "",
            language=language,
            awarded_on=award.awarded_on,
            valid_until=award.valid_until,
            stones=min(award.level.order, 3),
            rule=f"{award.level.key}@{award.rule.valid_from.isoformat()}",
            facts=tuple(facts[:4]),
        )


def _units_of(members: dict[int, dt.date]) -> dict[int, Unit]:
    """The unit each person belonged to on their day."""
    found: dict[int, Unit] = {}
    for row in Membership.objects.filter(member__in=members).select_related("unit").order_by("valid_from"):
        if members[row.member_id] in row.period or row.member_id not in found:
            found[row.member_id] = row.unit
    return found


def _course_minutes(course_ids: set[int | None]) -> dict[int, int]:
    """How long each course is by its newest outline, the test not counted."""
    rows = OutlineLesson.objects.filter(outline__course__in=[pk for pk in course_ids if pk], is_test=False)
    newest = rows.values("outline__course").annotate(newest=Max("outline")).values_list("newest", flat=True)
    found: dict[int, int] = {}
    for course, minutes in rows.filter(outline__in=list(newest)).values_list("outline__course", "minutes"):
        found[course] = found.get(course, 0) + minutes
    return found


def _best_marks(awards: list[Award]) -> dict[int, tuple[int, int]]:
    """By award, the best result on the test it rests on: points and out of how many."""
    papers = {award.pk: key for award in awards if (key := _paper_of(award))}
    tries = Attempt.objects.filter(
        member__in={award.member_id for award in awards}, passed=True, paper__key__in=set(papers.values())
    )
    best = {
        (member, paper): (points or 0, out_of)
        for member, paper, points, out_of in tries.order_by("points").values_list(
            "member", "paper__key", "points", "out_of"
        )
    }
    found = {award.pk: best.get((award.member_id, papers.get(award.pk, ""))) for award in awards}
    return {pk: mark for pk, mark in found.items() if mark is not None}


def _paper_of(award: Award) -> str:
    """The key of the paper an award rests on, by its facts: ``paper:<key>:<percent>``."""
    named = (fact.removeprefix("paper:").rpartition(":")[0] for fact in award.facts if fact.startswith("paper:"))
    return next(named, "")
