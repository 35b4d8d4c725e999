"""What is written of a template: its name, a stage, and from which day it is used."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.planning.forms import day_field
from lms.periods import today
from lms.wording import Wording

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MONTHS = [("6", _("Half a year")), ("12", _("A year"))]


class WordedForm(forms.Form):
    """Texts in each language of the house: ``_texts`` names the field, its label and its length."""

    texts: tuple[tuple[str, Any, int], ...] = ()

    def __init__(self, *args: Any, said: dict[str, Wording] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label, longest in self.texts:
            for code, own in settings.LANGUAGES:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label} ({own})",
                    max_length=longest,
                    required=False,
                    initial=((said or {}).get(name) or {}).get(code, ""),
                )

    def worded(self, name: str) -> dict[str, str]:
        """One text in the languages it was written in."""
        told = {code: str(self.cleaned_data.get(f"{name}_{code}", "")).strip() for code in LANGUAGES}
        return {code: text for code, text in told.items() if text}


class TemplateForm(WordedForm):
    """The name of a template."""

    texts = (("title", _("Name"), 120),)

    def clean(self) -> dict[str, Any]:
        """A name in one language at least."""
        told = super().clean() or {}
        if not self.worded("title"):
            self.add_error(f"title_{LANGUAGES[0]}", _("Write what the plan is called."))
        return told


class StageForm(WordedForm):
    """One stage."""

    texts = (("action", _("What to do"), 300), ("review", _("When to talk, and with whom"), 120))
    months = forms.ChoiceField(label=_("How long"), choices=MONTHS, widget=forms.RadioSelect)

    def clean_months(self) -> int:
        """A number."""
        return int(self.cleaned_data["months"])


class AdoptForm(forms.Form):
    """From when a version is used, and who decided it."""

    on = day_field(_("In use from"))
    decision = forms.CharField(
        label=_("Decision"),
        max_length=200,
        required=False,
        help_text=_("Who decided it, and when: the national board, 12 January 2027."),
    )

    def clean_on(self) -> dt.date:
        """A day that is not behind us."""
        day: dt.date = self.cleaned_data["on"]
        if day < today():
            raise ValidationError(_("Choose today or a later day."))
        return day
