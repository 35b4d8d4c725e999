"""A goal as it is written: its kind is chosen first, then the form has the fields of that kind alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Course
from courses.planning.choices import (
    competence_choices,
    course_choices,
    level_choices,
    office_choices,
    scale_choices,
)
from courses.planning.models import GoalFields
from courses.progression.models import Level
from lms.competences.models import Competence
from lms.wording import in_language

Kind = GoalFields.Kind
CHOOSE = ("", _("Choose"))
DAYS_WRONG = _("Write a number of days from 1 to 366.")


class GoalForm(forms.Form):
    """One goal of a kind, of a person's plan or, with ``is_group``, of a body's or a unit's.

    ``stages``: those it may stand in, when it may be moved.
    """

    def __init__(
        self, *args: Any, kind: str, is_group: bool, stages: list[tuple[str, str]] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.is_group = kind, is_group
        self._what()
        if is_group and kind != Kind.TASK:
            self._group()
        self.fields["within_days"] = forms.IntegerField(
            label=_("Due so many days into the stage"),
            help_text=_("Empty: at the end of the stage."),
            required=False,
            min_value=1,
            max_value=366,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), DAYS_WRONG),
        )
        if stages:
            self.fields["stage"] = forms.ChoiceField(label=_("When"), choices=stages)

    def asked(self) -> dict[str, Any]:
        """What the services are told."""
        told = dict(self.cleaned_data)
        told.pop("stage", None)
        found: dict[str, Any] = {"kind": self.kind, "within_days": told["within_days"]}
        match self.kind:
            case Kind.COURSE:
                found["course"] = Course.objects.filter(pk=told["course"]).first()
            case Kind.LEVEL:
                found["level"] = Level.objects.filter(pk=told["level"]).first()
            case Kind.COMPETENCE:
                found["competence"] = Competence.objects.filter(key=told["competence"]).first()
                found["least_level"] = int(told["least_level"])
            case Kind.TASK:
                found["task"] = {(get_language() or "nb").split("-")[0]: told["task"]}
        if self.is_group and self.kind != Kind.TASK:
            found |= {name: told[name] for name in ("least_share", "least_count", "offices", "is_begun")}
            found["is_coverage"] = True
        return found

    def _what(self) -> None:
        match self.kind:
            case Kind.COURSE:
                self._choice("course", _("Course"), course_choices(), _("Choose a course."))
            case Kind.LEVEL:
                self._choice("level", _("Level"), level_choices(), _("Choose a level."))
            case Kind.COMPETENCE:
                self._choice("competence", _("Competence"), competence_choices(), _("Choose a competence."))
                self._choice("least_level", _("At least"), scale_choices(), _("Choose a level from 1 to 4."))
            case Kind.TASK:
                wrong = {"required": _("Write what is to be done.")}
                self.fields["task"] = forms.CharField(
                    label=_("What is to be done?"), max_length=200, error_messages=wrong
                )

    def _choice(self, name: str, label: Any, choices: Any, wrong: Any) -> None:
        told = dict.fromkeys(("required", "invalid_choice"), wrong)
        self.fields[name] = forms.ChoiceField(label=label, choices=[CHOOSE, *choices], error_messages=told)

    def _group(self) -> None:
        """Of whom it is asked, and of how many."""
        self.fields["offices"] = forms.MultipleChoiceField(
            label=_("Of those who are"),
            choices=office_choices(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("None ticked: everybody."),
        )
        share = dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a share from 1 to 100 percent."))
        self.fields["least_share"] = forms.IntegerField(
            label=_("At least so many percent"), required=False, min_value=1, max_value=100, error_messages=share
        )
        self.fields["least_count"] = forms.IntegerField(
            label=_("Or at least so many people"),
            required=False,
            min_value=1,
            max_value=10_000,
            help_text=_("Both empty: all of them."),
        )
        self.fields["is_begun"] = forms.BooleanField(label=_("To have begun is enough"), required=False)


def initial_of(goal: GoalFields) -> Mapping[str, Any]:
    """A goal as the form shows it."""
    return {
        "course": goal.course_id,
        "level": goal.level_id,
        "competence": goal.competence.key if goal.competence else "",
        "least_level": goal.least_level,
        "task": in_language(goal.task),
        "within_days": goal.within_days,
        "offices": goal.offices,
        "least_share": goal.least_share,
        "least_count": goal.least_count,
        "is_begun": goal.is_begun,
    }
