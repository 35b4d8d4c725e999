"""What is written about bodies, terms and rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.directory.people.forms import NO_UNIT, UnitField
from lms.organisation.models import BodySeat, Office, Term
from lms.organisation.words import END_REASONS, KIND_WORDS, RIGHT_WORDS, ROLE_WORDS
from lms.periods import Period, today

DAY_WRONG: dict[str, Any] = {"invalid": _("Write the day like this: 27.02.2027"), "required": _("Choose a day.")}


def day_field(label: Any, hint: Any = "", *, required: bool = True, initial: Any = None) -> forms.DateField:
    """A day; the browser shows its own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=hint, required=required, initial=initial, widget=widget, error_messages=DAY_WRONG
    )


def done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do it; False when a service refused, with its words at the fields they are about."""
    try:
        act()
    except PermissionDenied:
        form.add_error(None, gettext("This is more than you can give: you must hold it yourself, and not as a loan."))
    except ValidationError as refused:
        _put(form, refused)
    except ValueError:
        form.add_error(None, gettext("The last day must come after the first."))
    return not form.errors


def _put(form: forms.Form, refused: ValidationError) -> None:
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def status_of(form: forms.Form) -> int:
    """422 for a form that must be put right."""
    return 422 if form.is_bound and form.errors else 200


class BodyForm(forms.Form):
    """What a body is called, what it decides, and how it is to be composed."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_WORDS.items()))
    authority = forms.CharField(
        label=_("Authority"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What it decides, and by which paragraph of the statutes."),
    )
    least_of_each_gender = forms.IntegerField(
        label=_("At least this share of each of women and men, in percent"), required=False, min_value=0, max_value=50
    )
    least_under_40 = forms.IntegerField(
        label=_("At least this many under 40"), required=False, min_value=0, max_value=99
    )


class OpenForm(BodyForm):
    """A new body."""

    unit = UnitField(label=_("Unit"), error_messages=NO_UNIT)
    start = day_field(_("From"), initial=today)
    field_order = ("unit",)

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The first day a body is not there, and that it is meant."""

    on = day_field(_("The first day it is not there"), initial=today)
    sure = forms.BooleanField(
        label=_("I know that every office in it ends that day."),
        error_messages={"required": _("Tick this when you are sure.")},
    )


class SeatsForm(forms.Form):
    """How many seats of each office."""

    def __init__(self, *args: Any, offices: Iterable[Office], seats: Iterable[BodySeat], **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = {seat.office_id: seat.number for seat in seats}
        self._offices = {f"office_{office.pk}": office for office in offices}
        for name, office in self._offices.items():
            self.fields[name] = forms.IntegerField(
                label=str(office), min_value=0, max_value=99, initial=numbers.get(office.pk, 0)
            )

    def numbers(self) -> dict[Office, int]:
        """How many seats of each office were asked for."""
        return {office: self.cleaned_data[name] for name, office in self._offices.items()}


class OfficeForm(forms.Form):
    """An office of the unit's own, named in one language at least."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(label=name, max_length=60, required=False)

    def title(self) -> dict[str, str]:
        """The name by language."""
        return {code: self.cleaned_data[f"title_{code}"] for code, _name in settings.LANGUAGES}


class TermForm(forms.Form):
    """An office, the days it is held, and the meeting that elected."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Office"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose an office.")},
    )
    start = day_field(_("From"), _("The day of the election, as a rule."), initial=today)
    until = day_field(
        _("Until"), _("The day somebody else takes over. Leave it empty when it is not known."), required=False
    )
    election = forms.CharField(
        label=_("Elected by"),
        max_length=120,
        required=False,
        help_text=_("The meeting and its date, as in the minutes: Annual meeting 2027, item 8."),
    )

    def __init__(self, *args: Any, offices: Iterable[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].queryset = Office.objects.filter(pk__in=[office.pk for office in offices])  # type: ignore[attr-defined]

    def period(self) -> Period:
        """The days. Raises ValueError when it would end before it begins."""
        return Period(self.cleaned_data["start"], self.cleaned_data["until"])


class EndTermForm(forms.Form):
    """The first day an office is no longer held, and why."""

    on = day_field(_("The first day without the office"), initial=today)
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=list(END_REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it ends.")},
    )
    sure = forms.BooleanField(
        label=_("I know that the rights of the office end that day."),
        error_messages={"required": _("Tick this when you are sure.")},
    )


class CorrectTermForm(forms.Form):
    """The days of a term as they should be."""

    start = day_field(_("From"))
    until = day_field(_("Until"), _("Leave it empty when it is not known."), required=False)
    election = forms.CharField(label=_("Elected by"), max_length=120, required=False)

    def __init__(self, *args: Any, term: Term, **options: Any) -> None:
        options["initial"] = {"start": term.valid_from, "until": term.valid_until, "election": term.election}
        super().__init__(*args, **options)

    def period(self) -> Period:
        """The days. Raises ValueError when it would end before it begins."""
        return Period(self.cleaned_data["start"], self.cleaned_data["until"])


class _UntilForm(forms.Form):
    """Something that is given for a unit from a day to and including another."""

    unit = UnitField(label=_("For"), help_text=_("Everything below it is included."), error_messages=NO_UNIT)
    start = day_field(_("From"), initial=today)
    last = day_field(_("To and including"), _("It always has an end. It can be given again."))

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def period(self) -> Period:
        """The days, half-open. Raises ValueError when it would end before it begins."""
        return Period(self.cleaned_data["start"], self.cleaned_data["last"] + dt.timedelta(days=1))


class LendForm(_UntilForm):
    """A right to lend."""

    right = forms.ChoiceField(label=_("What"), error_messages={"required": _("Choose what to lend.")})
    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)
    field_order = ("right", "unit", "start", "last", "reason")

    def __init__(self, *args: Any, rights: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["right"].choices = [(right, RIGHT_WORDS[right]) for right in rights]  # type: ignore[attr-defined]


class AppointForm(_UntilForm):
    """A role to give."""

    role = forms.ChoiceField(label=_("As"), error_messages={"required": _("Choose a role.")})
    field_order = ("role", "unit", "start", "last")

    def __init__(self, *args: Any, roles: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role, ROLE_WORDS[role]) for role in roles]  # type: ignore[attr-defined]
