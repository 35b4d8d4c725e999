"""What one may ask for when looking for somebody who can do a thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.competences.framework import FrameworkShown
from lms.competences.searching import KINDS
from lms.competences.words import KIND_WORDS
from lms.organisation.models import Unit
from lms.wording import in_language


class SearchForm(forms.Form):
    """A competence, the least level, where, and what shows it."""

    competence = forms.ChoiceField(label=_("Who can"))
    level = forms.TypedChoiceField(label=_("At least"), coerce=int, required=False)
    unit = forms.TypedChoiceField(label=_("Unit, with all below"), required=False)
    kind = forms.ChoiceField(label=_("Shown by"), required=False)

    def __init__(self, *args: Any, framework: FrameworkShown, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in self.fields.items():
            found.widget.attrs["class"] = "ds-input"
            found.widget.attrs["id"] = f"id_{name}"
        groups = [(str(area), [(entry.key, str(entry)) for entry in area.entries]) for area in framework.areas]
        self.fields["competence"].choices = [("", _("Choose")), *groups]  # type: ignore[attr-defined]
        names = [(str(level), f"{level}: {in_language(name)}") for level, name in enumerate(framework.scale) if level]
        names = names or [(str(level), str(level)) for level in range(1, 5)]
        self.fields["level"].choices = names  # type: ignore[attr-defined]
        self.fields["level"].initial = "2"
        places = [(str(unit.public_id), unit.name) for unit in units]
        self.fields["unit"].choices = [("", _("All")), *places]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Anything")), *((kind, KIND_WORDS[kind]) for kind in KINDS)]  # type: ignore[attr-defined]
        self.fields["competence"].error_messages["required"] = _("Choose what the person should be able to do.")

    def clean_level(self) -> int:
        """No level chosen is level 2: somebody who manages with support."""
        return self.cleaned_data["level"] or 2
