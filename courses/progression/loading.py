"""The ladder that Tillit brings: from the files in ``defaults/`` to rows. Safe to do twice; edits are left alone."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from assessments.attempts.models import Paper
from courses.curriculum.models import Course
from courses.curriculum.services import plan_courses
from courses.progression import kinds
from courses.progression.models import CourseProves, Level, LevelRule, Requirement, Track
from lms.audit.services import record_act
from lms.competences.models import Competence
from lms.members.models import Member
from lms.periods import today
from lms.wording import Wording

DEFAULTS = Path(__file__).parent / "defaults"
GROUPS = {"all_of", "any_of"}
Told = Mapping[str, Any]


def read_defaults(name: str) -> dict[str, Any]:
    """One file of ``defaults/``."""
    return tomllib.loads((DEFAULTS / name).read_text(encoding="utf-8"))


@transaction.atomic
def load_ladder(*, by: Member | None, since: dt.date | None = None) -> int:
    """Bring in the courses the ladder names (as planned), what they prove, tracks, levels and their rules.

    A level that has a rule keeps it, adopted or draft. Returns how many rows are new. The
    framework of competences must be there. Whoever calls checks the right.
    """
    day, told = since or today(), read_defaults("courses.toml")["courses"]
    made = plan_courses(told=[(one["key"], one["title"], one["minutes"]) for one in told], by=by)
    made += _load_proofs(told)
    ladder = read_defaults("ladder.toml")
    for track in ladder["tracks"]:
        made += _load_track(track)
    writer = Writer.ready(ladder["names"])
    for track in ladder["tracks"]:
        for level in track["levels"]:
            made += _load_rule(level, ladder["decision"], day, writer)
    if made:
        record_act("load_ladder", by=by, subject="tracks", rows=made)
    return made


def _load_proofs(told: Sequence[Told]) -> int:
    courses = dict(Course.objects.values_list("key", "pk"))
    competences = dict(Competence.objects.values_list("key", "pk"))
    said = set(CourseProves.objects.values_list("course", flat=True))
    rows = [
        CourseProves(course_id=courses[one["key"]], competence_id=competences[key], level=level)
        for one in told
        if courses[one["key"]] not in said
        for key, level in one.get("proves", {}).items()
    ]
    CourseProves.objects.bulk_create(rows)
    return len(rows)


def _load_track(told: Told) -> int:
    words = {"title": told["title"], "order": told["order"], "purpose": told["purpose"]}
    track, is_new = Track.objects.get_or_create(key=told["key"], defaults=words)
    if not track.purpose:
        Track.objects.filter(pk=track.pk).update(purpose=told["purpose"], order=told["order"])
    made = int(is_new)
    for order, one in enumerate(told["levels"], start=1):
        words = {name: one[name] for name in ("title", "display_name", "purpose")}
        level, is_new = Level.objects.get_or_create(key=one["key"], defaults={"track": track, "order": order, **words})
        if not level.purpose:
            Level.objects.filter(pk=level.pk).update(purpose=one["purpose"])
        made += is_new
    return made


def _load_rule(told: Told, decision: str, day: dt.date, writer: Writer) -> int:
    level = Level.objects.get(key=told["key"])
    if level.rules.exists():
        return 0
    named = told.get("certificate_course")
    rule = LevelRule.objects.create(
        level=level,
        decision=decision,
        valid_from=day,
        valid_months=told.get("valid_months"),
        certificate=told.get("certificate", LevelRule.Certificate.NONE),
        certificate_course=Course.objects.get(key=named) if named else None,
        lapses_unless_next_within=told.get("lapses_unless_next_within"),
    )
    writer.write(rule, told["required"], Requirement.Part.REQUIRED)
    writer.write(rule, told.get("renewal", ()), Requirement.Part.RENEWAL)
    return 1


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a tree of requirements as a file tells it; everything it may name is at hand."""

    names: Mapping[str, Wording]
    courses: Mapping[str, Course]
    competences: Mapping[str, Competence]
    levels: Mapping[str, Level]
    papers: Mapping[str, Paper]

    @classmethod
    def ready(cls, names: Mapping[str, Wording]) -> Writer:
        """With all that is there now."""
        return cls(
            names,
            {row.key: row for row in Course.objects.all()},
            {row.key: row for row in Competence.objects.all()},
            {row.key: row for row in Level.objects.all()},
            {row.key: row for row in Paper.objects.all()},
        )

    def write(self, rule: LevelRule, told: Sequence[Told], part: str, parent: Requirement | None = None) -> None:
        """Write each requirement beneath ``parent``, and what lies beneath it."""
        for order, one in enumerate(told):
            made = self._make(one)
            made.rule, made.part, made.parent, made.order = rule, part, parent, order
            made.save()
            if one.keys() & GROUPS:
                self.write(rule, one.get("items") or one["all_of"], part, made)
            for place, other in enumerate(one.get("or", ())):
                title = self.names.get(other["name"], {})
                stand_in = kinds.Equivalent.objects.create(
                    rule=rule, part=part, parent=made, order=place, name=other["name"], title=title
                )
                self.write(rule, other["needs"], part, stand_in)

    def _make(self, one: Told) -> Requirement:
        """The requirement a line tells of, not saved. Raises KeyError for what is not there, ValueError for no kind."""
        match one:
            case {"any_of": least}:
                return kinds.AnyOf(least=least)
            case {"all_of": _}:
                return kinds.AllOf()
            case {"course": key}:
                return kinds.CourseCompleted(course=self.courses[key], key=key)
            case {"paper": key, "min": least}:
                paper = self.papers.get(key)
                return kinds.PaperPassed(
                    paper=paper, paper_key=key, title=self.names[key], least_percent=least, key=key
                )
            case {"competence": key, "min": least}:
                return kinds.CompetenceHeld(
                    competence=self.competences[key], least_level=least, key=key.replace(".", "-")
                )
            case {"competence_count": count, "min": least}:
                return kinds.CompetenceCount(count=count, least_level=least, key=f"{count}-competences")
            case {"level": key}:
                held = self.levels[key]
                return kinds.LevelHeld(level=held, or_lapsed=one.get("or_lapsed", False), key=key.replace(".", "-"))
            case {"session": key, "min_share": share}:
                return kinds.SessionAttended(session_key=key, title=self.names[key], least_share=share, key=key)
            case _:
                return self._make_of_practice(one)

    def _make_of_practice(self, one: Told) -> Requirement:
        """The kinds that rest on practice: office, observation, hours, attestation."""
        match one:
            case {"office": told}:
                return kinds.OfficeHeld(
                    offices=told.get("any", []),
                    months=told["months"],
                    within_months=told.get("within_months"),
                    unit_kinds=told.get("scope", []),
                    key="office",
                )
            case {"practice": form, "min_score": score, "count": count}:
                return kinds.PracticeObserved(
                    form_key=form,
                    title=self.names[form],
                    least_score=score,
                    count=count,
                    distinct_observers=one.get("distinct_observers", 1),
                    key=form,
                )
            case {"hours": least}:
                return kinds.HoursCollected(least_hours=least, within_months=one.get("within_months"), key="hours")
            case {"hours_taught": least}:
                return kinds.HoursTaught(least_hours=least, within_months=one.get("within_months"), key="hours-taught")
            case {"attestation": about, "by": by}:
                return kinds.Attested(about=about, by=by, title=self.names[about], key=about)
            case _:
                raise ValueError(f"no such requirement: {sorted(one)}")
