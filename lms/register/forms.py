"""The forms of an import."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.register.columns import Field
from lms.sheets import MOST_COLUMNS


class FileForm(forms.Form):
    """A file to bring in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or ODS. It needs member number, name and unit; e-mail, status, language and more are read."
        ),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
    )
    is_whole = forms.BooleanField(
        label=_("This is the whole register"),
        help_text=_("People who are not in the file are then recorded as having left. Without the tick nobody leaves."),
        required=False,
    )


class ColumnsForm(FileForm):
    """What each header of a file means, and the file once more: it was not kept."""

    def __init__(self, headers: list[str], chosen: Mapping[int, str], *args: object, needs_file: bool, **options: object) -> None:  # fmt: skip  # noqa: E501
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.headers = headers[:MOST_COLUMNS]
        self.fields["file"].required = needs_file
        self.fields["file"].help_text = _("Choose it once more: a file is not kept before its columns are known.")
        choices = [("", _("Left out"))] + [(field.value, label) for field, label in COLUMN_LABELS.items()]
        for place, header in enumerate(self.headers):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=chosen.get(place, "")
            )

    def said(self) -> dict[str, str]:
        """Header → field, or "" for left out."""
        return {header: self.cleaned_data[f"column-{place}"] for place, header in enumerate(self.headers)}

    def column_fields(self) -> list[forms.BoundField]:
        """The choices, one for each header."""
        return [self[f"column-{place}"] for place in range(len(self.headers))]


COLUMN_LABELS = {
    Field.NUMBER: _("Member number"),
    Field.NAME: _("Name"),
    Field.FIRST: _("First name"),
    Field.LAST: _("Last name"),
    Field.EMAIL: _("E-mail"),
    Field.UNIT: _("Unit, by number or full name"),
    Field.STATUS: _("Status: member or sympathiser"),
    Field.LANGUAGE: _("Language"),
    Field.BIRTH_YEAR: _("Year of birth"),
    Field.GENDER: _("Gender"),
    Field.POSTAL_CODE: _("Postal code"),
}
