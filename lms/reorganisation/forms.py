"""What a secretary writes down of a reorganisation: what it is called, and one row at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.organisation.models import Unit
from lms.reorganisation.gathering import postal_ranges
from lms.reorganisation.models import Change, NewUnit, Reorganisation

Kind = Change.Kind
NEW = "new"
Choice = tuple[str, str | Promise]
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.MERGE: ("units", "target", "new_code", "new_name", "new_parent"),
    Kind.SPLIT: (
        "unit", "target", "new_code", "new_name", "new_parent", "municipalities", "postal_codes", "is_rest",
    ),
    Kind.MOVE: ("units", "target"),
    Kind.RENAME: ("unit", "code", "name"),
    Kind.CLOSE: ("unit", "target"),
    Kind.REESTABLISH: ("unit", "new_code", "new_name", "new_parent"),
}  # fmt: skip
"""Which fields a kind of row has."""


class DetailsForm(forms.Form):
    """What it is called, from which day, and who decided it."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        help_text=_("For example: Troms and Finnmark merge"),
        error_messages={"required": _("Give it a name that people recognise.")},
    )
    on = forms.DateField(
        label=_("First day of the new order"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It may have been, or lie ahead. What people did before that day stays where it was."),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day like this: 27.02.2027")},
    )
    decision = forms.CharField(
        label=_("The decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who decided it, when, and by which paragraph."),
    )


class ChangeForm(forms.Form):
    """One row of the mapping. Which fields it has follows from its kind; units are those the writer holds."""

    units = forms.MultipleChoiceField(
        label=_("Which units?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit.")},
    )
    unit = forms.ChoiceField(label=_("Which unit?"), error_messages={"required": _("Choose a unit.")})
    target = forms.ChoiceField(label=_("Where to?"), error_messages={"required": _("Choose where to.")})
    code = forms.CharField(label=_("New number"), max_length=40, required=False, help_text=_("Empty keeps the old."))
    name = forms.CharField(label=_("New name"), max_length=120, required=False, help_text=_("Empty keeps the old."))
    new_code = forms.CharField(
        label=_("Number of the new unit"), max_length=40, required=False, help_text=_("Only when a new unit is made.")
    )
    new_name = forms.CharField(label=_("Name of the new unit"), max_length=120, required=False)
    new_parent = forms.ChoiceField(label=_("The new unit stands under"), required=False)
    municipalities = forms.MultipleChoiceField(
        label=_("Branches that go along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People who belong there go along too."),
    )
    postal_codes = forms.CharField(
        label=_("People with these postal codes"),
        max_length=400,
        required=False,
        help_text=_("Like this: 3140-3148, 3160"),
    )
    is_rest = forms.BooleanField(label=_("Everybody else goes this way"), required=False)

    def __init__(
        self,
        *args: Any,
        kind: str,
        units: Iterable[Unit],
        closed: Iterable[Unit] = (),
        below: Iterable[Unit] = (),
        offered: Iterable[Unit] | None = None,
        reorganisation: Reorganisation,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.reorganisation = kind, reorganisation
        self.known = {str(unit.public_id): unit for unit in (*units, *closed)}
        self.made = {f"{NEW}-{new.pk}": new for new in reorganisation.new_units.all()}
        for name in set(self.fields) - set(FIELDS[kind]):
            del self.fields[name]
        if kind == Kind.CLOSE:
            self.fields["target"].required = False
        shown = list(closed) if kind == Kind.REESTABLISH else list(units)
        self._offer(shown, shown if offered is None else list(offered), list(units), list(below))

    def _offer(self, shown: list[Unit], offered: list[Unit], units: list[Unit], below: list[Unit]) -> None:
        """Fill the lists to choose from."""
        made: list[Choice] = [(key, new.name) for key, new in self.made.items()]
        can_make = "new_code" in self.fields
        choices: dict[str, list[Choice]] = {
            "units": _named(offered),
            "unit": [("", _("Choose")), *_named(shown)],
            "target": [
                ("", _("Nowhere: it has no people") if self.kind == Kind.CLOSE else _("Choose")),
                *([(NEW, _("A new unit, described below"))] if can_make else []),
                *made,
                *_named(units),
            ],
            "new_parent": [("", _("Choose")), *made, *_named(units)],
            "municipalities": _named(below),
        }
        for name, found in choices.items():
            if name in self.fields:
                self.fields[name].choices = found  # type: ignore[attr-defined]
        if not below:
            self.fields.pop("municipalities", None)

    def clean(self) -> dict[str, Any]:
        """A new unit needs to be described; a row that leads somewhere, a target."""
        given = super().clean() or {}
        if self.makes_new:
            for name, words in (
                ("new_code", _("Write the number of the new unit.")),
                ("new_name", _("Write the name of the new unit.")),
                ("new_parent", _("Choose which unit the new one stands under.")),
            ):
                if not given.get(name):
                    self.add_error(name, words)
        if given.get("postal_codes") and not postal_ranges(given["postal_codes"]):
            self.add_error("postal_codes", _("Write postal codes like 3140-3148, 3160."))
        if self.kind == Kind.RENAME and not (given.get("code") or given.get("name")):
            self.add_error("name", _("Write the new name, the new number, or both."))
        return given

    @property
    def makes_new(self) -> bool:
        """Whether the row leads to a unit that is described here."""
        return self.kind == Kind.REESTABLISH or self.cleaned_data.get("target") == NEW

    def end(self, name: str) -> Unit | NewUnit | None:
        """The unit, or the one to be made, that was chosen in a field."""
        key = self.cleaned_data.get(name, "")
        return self.known.get(key) or self.made.get(key)

    @property
    def chosen(self) -> list[Unit]:
        """The units the row is about."""
        keys = self.cleaned_data.get("units") or [self.cleaned_data["unit"]]
        return [self.known[key] for key in keys]

    def units_in(self, name: str) -> list[Unit]:
        """The units ticked in a field."""
        found = Unit.objects.filter(public_id__in=[uuid.UUID(key) for key in self.cleaned_data.get(name) or []])
        return list(found)


def _named(units: Iterable[Unit]) -> list[Choice]:
    return [(str(unit.public_id), f"{unit.name} ({unit.code})") for unit in units]
