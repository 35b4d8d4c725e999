"""Forms for texts that are data: one line for each language of the house, bokmål first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise
IN_BOKMAAL: Word = _("Write it in bokmål; the other languages may follow.")


@dataclass(frozen=True, slots=True)
class Text:
    """One text to be written in every language. Only bokmål is asked for; the others may follow."""

    label: Word
    hint: Word = ""
    is_long: bool = False
    is_required: bool = True
    error: Word = IN_BOKMAAL


class WordedForm(forms.Form):
    """A form with texts in every language. ``texts`` names them, in order, before the other fields."""

    texts: ClassVar[Mapping[str, Text]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = dict(self.fields)
        self.fields.clear()
        for name, text in self.texts.items():
            for place, (code, language) in enumerate(settings.LANGUAGES):
                self.fields[f"{name}_{code}"] = _line(text, language, is_first=place == 0)
        self.fields.update(own)

    def worded(self, name: str) -> dict[str, str]:
        """A text in the languages it was written in."""
        given = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code, _language in settings.LANGUAGES}
        return {code: text for code, text in given.items() if text}

    @staticmethod
    def spread(name: str, wording: Mapping[str, str]) -> dict[str, str]:
        """The same text as the fields' initial values."""
        return {f"{name}_{code}": text for code, text in wording.items()}


def _line(text: Text, language: str, *, is_first: bool) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if text.is_long else forms.TextInput()
    return forms.CharField(
        label=f"{text.label} ({language})",
        help_text=str(text.hint) if is_first else "",
        required=text.is_required and is_first,
        max_length=400 if text.is_long else 120,
        widget=widget,
        error_messages={"required": str(text.error)},
    )
