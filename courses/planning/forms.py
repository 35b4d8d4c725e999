"""What is written about plans: a plan of one's own, one for a body or a unit, a talk, an end, a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.planning import reasons
from courses.planning.choices import blank_choice
from courses.planning.models import PlanTemplate
from lms.periods import today

DAY_WRONG: dict[str, Any] = {"invalid": _("Write the day like this: 27.02.2027"), "required": _("Choose a day.")}
YEARS = [(str(n), str(n)) for n in range(1, 7)]


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day, today to begin with; the browser shows its own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, initial=today, widget=widget, error_messages=DAY_WRONG)


def done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do it; False when a service refused, with its words at the fields they are about."""
    try:
        act()
    except ValidationError as refused:
        told = refused.error_dict if hasattr(refused, "error_dict") else {"": [refused]}
        for name, errors in told.items():
            form.add_error(name if name in form.fields else None, errors)
    return not form.errors


def refusal(act: Callable[[], Any]) -> str:
    """Do it; why a service refused, or ""."""
    try:
        act()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def status_of(form: forms.Form) -> int:
    """422 for a form that must be put right."""
    return 422 if form.is_bound and form.errors else 200


class NewPlanForm(forms.Form):
    """A plan from a template, or a blank one of some years."""

    template = forms.ChoiceField(label=_("Begin from"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        required=False,
        help_text=_("Empty: as the template is called."),
    )
    start = day_field(_("Begins"))
    years = forms.ChoiceField(
        label=_("Years"), choices=YEARS, initial="4", required=False, help_text=_("Of a blank plan: one to six.")
    )

    def __init__(self, *args: Any, templates: list[PlanTemplate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.templates = {str(row.pk): row for row in templates}
        choices = [(key, str(row)) for key, row in self.templates.items()]
        self.fields["template"].choices = [*choices, blank_choice()]  # type: ignore[attr-defined]
        self.fields["template"].initial = choices[0][0] if choices else ""

    def clean_template(self) -> PlanTemplate | None:
        """The template itself."""
        return self.templates.get(self.cleaned_data["template"])

    def clean_years(self) -> int:
        """A number; four when nothing is said."""
        return int(self.cleaned_data["years"] or 4)

    def clean(self) -> dict[str, Any]:
        """A blank plan has no name of its own."""
        told = super().clean() or {}
        if not told.get("template") and not told.get("title"):
            self.add_error("title", _("Write what the plan is called."))
        return told


class ReviewForm(forms.Form):
    """A talk about a plan."""

    on = day_field(_("The day of the talk"))
    words = forms.CharField(
        label=_("What you talked about"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What went well, what is next, what is to be moved. Nothing about health or family."),
        error_messages={"max_length": _("Write at most 4,000 letters.")},
    )

    def clean_on(self) -> dt.date:
        """A talk that has been."""
        day: dt.date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("Choose today or an earlier day."))
        return day


class CloseForm(forms.Form):
    """Why a plan is closed."""

    reason = forms.ChoiceField(
        label=_("Why it is closed"),
        choices=[(key, reasons.WORDS[key]) for key in reasons.GIVEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the plan is closed.")},
    )
    sure = forms.BooleanField(
        label=_("I have read what follows"), error_messages={"required": _("Tick here when you have read it.")}
    )


class EmptyForm(forms.Form):
    """Nothing to fill in: only a yes."""
