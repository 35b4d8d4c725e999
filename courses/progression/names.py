"""What the things a rule names are called, and which of them nobody has made yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.attempts.models import Paper
from courses.curriculum.models import Outline
from courses.progression import rules
from lms.competences.queries import framework_on
from lms.organisation.models import Office
from lms.wording import Wording


@dataclass(frozen=True, slots=True)
class Names:
    """What has been made: published courses, papers with questions; and what offices and competences are called."""

    courses: frozenset[str]
    papers: frozenset[str]
    offices: Mapping[str, Wording]
    competences: Mapping[str, Wording]

    def named(self, rule: rules.Rule) -> rules.Rule:
        """The rule with its names, and marked as planned when what it asks for is still to come."""
        match rule:
            case rules.CourseCompleted():
                return replace(rule, is_planned=rule.course not in self.courses)
            case rules.PaperPassed():
                return replace(rule, is_planned=rule.paper not in self.papers)
            case rules.SessionAttended() | rules.PracticeObserved():
                return replace(rule, is_planned=True)  # until there is a room that holds sessions and forms
            case rules.CompetenceHeld():
                return replace(rule, title=self.competences.get(rule.competence, {}))
            case rules.OfficeHeld():
                return replace(rule, titles=tuple(self.offices.get(key, {"nb": key}) for key in rule.offices))
            case _:
                return rule


def names_on(day: dt.date) -> Names:
    """The names of a day. Three queries, and the framework, which is kept."""
    return Names(
        frozenset(Outline.objects.values_list("course__key", flat=True).distinct()),
        frozenset(Paper.objects.filter(placements__isnull=False).values_list("key", flat=True).distinct()),
        dict(Office.objects.filter(unit=None).values_list("key", "title")),
        {key: entry.title for key, entry in framework_on(day).known.items()},
    )
