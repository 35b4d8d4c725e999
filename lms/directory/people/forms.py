"""What an administrator writes about a person: added by hand, moved, left."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.organisation.models import Membership, Unit
from lms.periods import today

EARLIEST_BIRTH = 1900
STATUSES: list[tuple[str, str | Promise]] = [
    (Membership.Status.MEMBER, _("Member")),
    (Membership.Status.SYMPATHISER, _("Sympathiser")),
]
NO_UNIT = {"required": _("Choose a unit."), "invalid_choice": _("Choose a unit.")}


class UnitField(forms.ModelChoiceField):
    """A choice among units the reader keeps, named by their public id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="public_id", empty_label=_("Choose"), **options)

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


def _day(label: Any, hint: Any = "") -> forms.DateField:
    """A day, today to begin with; the browser shows its own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Write the day like this: 27.02.2027"), "required": _("Choose a day.")}
    return forms.DateField(label=label, initial=today, widget=widget, help_text=hint, error_messages=wrong)


class AddForm(forms.Form):
    """A person the register does not have yet."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write the name.")})
    unit = UnitField(label=_("Unit"), error_messages=NO_UNIT)
    status = forms.ChoiceField(label=_("Status"), choices=STATUSES, initial=Membership.Status.MEMBER)
    on = _day(_("Belongs from"))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Where letters go. It may be shared, and it may be missing."),
        error_messages={"invalid": _("Write the address like this: name@example.org")},
    )
    member_number = forms.CharField(label=_("Member number"), max_length=32, required=False)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, help_text=_("Four digits."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="nb")

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_birth_year(self) -> int | None:
        """The year, when it is one somebody alive may be born in."""
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not EARLIEST_BIRTH <= year <= today().year:
            raise forms.ValidationError(_("Write the year with four digits, like this: 1987"))
        return year


class MoveForm(forms.Form):
    """Where a person goes, and from which day."""

    unit = UnitField(label=_("New unit"), error_messages=NO_UNIT)
    on = _day(_("Belongs there from"), _("Until the day before, the person belongs where they are now."))

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The first day a person no longer belongs, and that it is meant."""

    on = _day(_("The first day outside the organisation"))
    sure = forms.BooleanField(
        label=_("I have it in writing, or from the member register, that the person has left."),
        error_messages={"required": _("Tick this when you are sure.")},
    )
