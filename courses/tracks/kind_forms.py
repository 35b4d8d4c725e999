"""A small form for each kind of requirement: things are chosen by name, never by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.progression.models import LevelRule, Requirement
from courses.tracks import choosing
from courses.tracks.wordings import Text, WordedForm
from lms.directory.units.words import KINDS as UNIT_KINDS
from lms.pages.writing import address_of

MOST_MONTHS = 240
MONTHS = {"required": _("Write how many months."), "invalid": _("Write a whole number of months, like this: 24")}
PERCENT = {"required": _("Write a percentage."), "invalid": _("Write a whole number, like this: 75")}
NUMBER = {"required": _("Write a number."), "invalid": _("Write a whole number, like this: 2")}
WINDOW = _("Empty: no matter when.")


def months_field(label: Any, **options: Any) -> forms.IntegerField:
    """A field for a number of months."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=MOST_MONTHS, error_messages=MONTHS, widget=_short(), **options
    )


def percent_field(label: Any, initial: int) -> forms.IntegerField:
    """A field for a percentage."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=100, initial=initial, error_messages=PERCENT, widget=_short()
    )


def number_field(label: Any, most: int, initial: int = 1, **options: Any) -> forms.IntegerField:
    """A field for how many."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, initial=initial, error_messages=NUMBER, widget=_short(), **options
    )


def _short() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "t-short"})


class RequirementForm(WordedForm):
    """What one requirement says. ``told`` is what its row shall hold; ``of`` reads a row into initial values."""

    under = forms.ChoiceField(label=_("It stands in"), required=False)

    def __init__(
        self,
        *args: Any,
        rule: LevelRule,
        row: Requirement | None = None,
        places: Iterable[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        self.rule, self.row = rule, row
        if row is not None:
            options["initial"] = self.of(row) | {"under": str(row.parent_id or "")}
        super().__init__(*args, **options)
        standing = self.fields.pop("under")
        self.prepare()
        if places := list(places):
            standing.choices = places  # type: ignore[attr-defined]
            self.fields["under"] = standing

    def prepare(self) -> None:
        """Fill the lists to choose from."""

    def of(self, row: Requirement) -> dict[str, Any]:
        """The initial values of a row that is there."""
        return {name: getattr(row, name) for name in self.base_fields if hasattr(row, name) and name != "under"}

    def told(self) -> dict[str, Any]:
        """What the row shall hold."""
        return {name: value for name, value in self.cleaned_data.items() if name != "under"}


class AllOfForm(RequirementForm):
    """Nothing to say: what stands in it says it."""


class AnyOfForm(RequirementForm):
    """How many are enough."""

    least = number_field(_("At least how many of them?"), most=20)


class CourseForm(RequirementForm):
    """Which course."""

    course: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label=_("Which course?"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a course.")},
    )

    def prepare(self) -> None:
        self.fields["course"].queryset = choosing.courses()  # type: ignore[attr-defined]
        self.fields["course"].label_from_instance = choosing.course_label  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        course = self.cleaned_data["course"]
        return {"course": course, "key": course.key}


class CompetenceForm(RequirementForm):
    """Which competence, and how far."""

    competence = forms.ChoiceField(label=_("Which competence?"), error_messages={"required": _("Choose a competence.")})
    least_level = forms.TypedChoiceField(label=_("Proven at least at"), coerce=int, initial=2)

    def prepare(self) -> None:
        self.fields["competence"].choices = [("", _("Choose")), *choosing.competences()]  # type: ignore[attr-defined]
        self.fields["least_level"].choices = choosing.competence_levels()  # type: ignore[attr-defined]

    def of(self, row: Requirement) -> dict[str, Any]:
        return {"competence": str(row.competence_id), "least_level": row.least_level}  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        found = choosing.competence(self.cleaned_data["competence"])
        return {
            "competence": found,
            "least_level": self.cleaned_data["least_level"],
            "key": found.key.replace(".", "-"),
        }


class CompetenceCountForm(RequirementForm):
    """How many competences, and how far."""

    count = number_field(_("How many competences?"), most=200, initial=3)
    least_level = forms.TypedChoiceField(label=_("Proven at least at"), coerce=int, initial=2)

    def prepare(self) -> None:
        self.fields["least_level"].choices = choosing.competence_levels()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return super().told() | {"key": f"{self.cleaned_data['count']}-competences"}


class LevelHeldForm(RequirementForm):
    """Which other level, and whether one that has lapsed counts."""

    level: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Which level?"), empty_label=_("Choose"), error_messages={"required": _("Choose a level.")}
    )
    or_lapsed = forms.BooleanField(
        label=_("One that has lapsed counts too"), required=False, help_text=_("Who has held it once, has held it.")
    )

    def prepare(self) -> None:
        self.fields["level"].queryset = choosing.levels_beside(self.rule)  # type: ignore[attr-defined]
        self.fields["level"].label_from_instance = choosing.level_label  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return super().told() | {"key": self.cleaned_data["level"].key.replace(".", "-")}


class OfficeForm(RequirementForm):
    """Which offices, for how long, within which time, and where."""

    offices = forms.MultipleChoiceField(
        label=_("Which offices?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: any office in a board."),
    )
    months = months_field(_("Held for so many months in all"), initial=12)
    within_months = months_field(_("Within the last so many months"), required=False, help_text=WINDOW)
    unit_kinds = forms.MultipleChoiceField(
        label=_("Where?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(UNIT_KINDS.items()),
        help_text=_("None ticked: anywhere."),
    )

    def prepare(self) -> None:
        self.fields["offices"].choices = choosing.offices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The window must be as long as what is to fit in it."""
        given = super().clean() or {}
        if (within := given.get("within_months")) and within < (given.get("months") or 0):
            self.add_error("within_months", _("It must be at least as many as the months it is held."))
        return given

    def told(self) -> dict[str, Any]:
        return super().told() | {"key": "office"}


class HoursForm(RequirementForm):
    """How many hours, within which time."""

    key: ClassVar[str] = "hours"
    least_hours = forms.DecimalField(
        label=_("How many hours?"),
        min_value=1,
        max_value=2000,
        decimal_places=2,
        localize=True,
        error_messages={"required": _("Write how many hours."), "invalid": _("Write a number of hours, like this: 12")},
    )
    within_months = months_field(_("Within the last so many months"), required=False, help_text=WINDOW)

    def told(self) -> dict[str, Any]:
        return super().told() | {"key": self.key}


class HoursTaughtForm(HoursForm):
    """The same of teaching."""

    key = "hours-taught"


class NamedForm(RequirementForm):
    """Something that has a name and nothing else yet: one that another rule names, or a new one named here."""

    texts: ClassVar[Mapping[str, Text]] = {
        "title": Text(_("What is it called?"), is_required=False),
    }
    model: ClassVar[type[Requirement]]
    column: ClassVar[str] = ""
    which = forms.ChoiceField(label=_("Which one?"), required=False)

    def prepare(self) -> None:
        self.known = choosing.named(self.model, self.column)
        choices = [(key, choosing.shown(title)) for key, title in self.known.items()]
        self.fields["which"].choices = [("", _("A new one, named below")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["which"]
        else:
            self.order_fields(["which"])

    def of(self, row: Requirement) -> dict[str, Any]:
        return super().of(row) | {"which": getattr(row, self.column)}

    def clean(self) -> dict[str, Any]:
        """One that is known, or a name for a new one."""
        given = super().clean() or {}
        if not given.get("which"):
            named = self.worded("title")
            if not named.get("nb"):
                self.add_error("title_nb", _("Choose one above, or write what the new one is called."))
            elif self._key() in self.known and self._key() != self._own_key():
                self.add_error("title_nb", _("There is one of this name already. Choose it above."))
        return given

    def _key(self) -> str:
        """The key of what was chosen, or the one a new name gives."""
        return self.cleaned_data.get("which") or address_of(self.worded("title").get("nb", ""))[:80]

    def _own_key(self) -> str:
        return getattr(self.row, self.column) if self.row is not None else ""

    def told(self) -> dict[str, Any]:
        key, own = self._key(), self.worded("title")
        # Its own name may be worded better; one chosen from the list keeps the name it has.
        title = own if own and (key == self._own_key() or key not in self.known) else self.known[key]
        names = {"which", "under"} | {name for name in self.cleaned_data if name.startswith("title_")}
        rest = {name: value for name, value in self.cleaned_data.items() if name not in names}
        return {self.column: key, "title": title, "key": key, **rest}
