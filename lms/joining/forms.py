"""What one writes at the doors, and where links and campaigns are made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.joining.openings import open_courses
from lms.joining.tokens import is_well_written
from lms.members.models import Member
from lms.organisation.models import Unit
from lms.periods import today


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _new_password(*, required: bool = True, **said: Any) -> forms.CharField:
    words = {
        "label": _("Choose a password"),
        "help_text": _("At least ten characters. A short sentence is easy to remember."),
    }
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(strip=False, required=required, widget=widget, **(words | said))


class PasswordForm(forms.Form):
    """A password for an account that is opened now. ``member``: whose, so that it is not their name."""

    password = _new_password()

    def __init__(self, *args: Any, member: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            password_validation.validate_password(password, self.member)
        return password


class CodeForm(PasswordForm):
    """A member number, the code on the slip, and a password; an address when one has one."""

    number = forms.CharField(
        label=_("Member number"), max_length=32, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Twelve letters and numbers, as on the slip. Small letters do as well."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("It may be one you share with somebody. We write to it, and you confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["number", "code", "password", "email"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not is_well_written(code):
            raise forms.ValidationError(
                _("There is a slip of the pen in the code. Compare it with the paper once more.")
            )
        return code


class SignUpForm(forms.Form):
    """An address, where one belongs (when no link says it), and the consent."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    unit = forms.ModelChoiceField(
        label=_("Where do you live?"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("I would rather not say"),
        help_text=_("So that you hear of what happens near you."),
        to_field_name="code",
    )
    agrees = forms.BooleanField(label=_("I am 15 or older, and I agree to this"))

    def __init__(self, *args: Any, units: QuerySet[Unit] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["agrees"].error_messages["required"] = _(
            "Tick here if you agree. Without it we may not keep your address."
        )


class ConfirmForm(PasswordForm):
    """What one is called, and a password when one wants one now."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("It is what stands on a certificate. You can write it later."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = _new_password(required=False, help_text=_("At least ten characters. You can choose it later."))
    field_order = ["name", "password"]


class _WithCourse(forms.Form):
    """Made for a unit one may invite for; may lead to an open course."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), to_field_name="code", empty_label=None)
    course = forms.ChoiceField(label=_("Leads to"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        courses = [(course.key, course.title) for course in open_courses(language)]
        self.fields["course"].choices = [("", _("the list of courses")), *courses]  # type: ignore[attr-defined]


class LinkForm(_WithCourse):
    """A new link."""

    last_day = forms.DateField(
        label=_("Last day"), widget=_Day(), required=False, help_text=_("Three months if you leave it open.")
    )

    def until(self) -> dt.date | None:
        """The first day the link no longer works."""
        day: dt.date | None = self.cleaned_data["last_day"]
        return day + dt.timedelta(days=1) if day else None


class CampaignForm(_WithCourse):
    """A new campaign."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as “Recruiting day, spring 2027”."))
    first_day = forms.DateField(label=_("First day"), widget=_Day())
    last_day = forms.DateField(
        label=_("Last day"), widget=_Day(), required=False, help_text=_("The same day if you leave it open.")
    )
    goal = forms.IntegerField(label=_("How many you hope will come"), min_value=1, max_value=1_000_000, required=False)
    field_order = ["name", "unit", "first_day", "last_day", "goal", "course"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and first < today():
            self.add_error("first_day", _("Choose today or a later day."))
        if first and last and not first <= last <= first + dt.timedelta(days=31):
            self.add_error("last_day", _("The last day comes after the first, and within a month."))
        return said
