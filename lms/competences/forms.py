"""What is written about competences: the end of a mapping, a request, an answer, an application and its review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.competences.framework import EntryShown, FrameworkShown
from lms.competences.models import PriorClaim
from lms.competences.prior import HIGHEST
from lms.competences.standpoints import Voucher
from lms.competences.words import place_words
from lms.wording import in_language

Choices = list[tuple[int, str]]
CHOOSE_LEVEL: dict[str, Any] = {"required": _("Choose a level.")}


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def level_choices(framework: FrameworkShown, entry: EntryShown, levels: Iterable[int]) -> Choices:
    """Levels as one chooses among them: the name, and what it means in this competence."""
    return [(at, f"{framework.level_name(at)}: {in_language(entry.descriptors[at])}") for at in levels]


def put_errors(form: forms.Form, refused: ValidationError) -> None:
    """What a service refused, at the fields it is about."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def status_of(form: forms.Form) -> int:
    """422 for a form that must be put right."""
    return 422 if form.is_bound and form.errors else 200


class EndForm(forms.Form):
    """The two free questions at the end of a mapping."""

    also_can = forms.CharField(
        label=_("What can you do that we have not asked about?"),
        help_text=_("From work, studies, other organisations, life. A few words are enough."),
        required=False,
        max_length=1000,
        widget=_text(4),
    )
    shares = forms.BooleanField(label=_("Yes, I may be found by what I can"), required=False)


class _LevelForm(forms.Form):
    """A level among some, left out when it is not about a level."""

    level = forms.TypedChoiceField(
        label=_("Which level?"), coerce=int, widget=forms.RadioSelect, error_messages=CHOOSE_LEVEL
    )

    def __init__(self, *args: Any, levels: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if levels:
            self.fields["level"].choices = levels  # type: ignore[attr-defined]
        else:
            del self.fields["level"]

    def chosen_level(self) -> int | None:
        """The level, or None when it is not about one."""
        return self.cleaned_data.get("level")


class AskForm(_LevelForm):
    """Whom one asks to vouch, for which level, and what one has done."""

    asked = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom to ask."), "invalid_choice": _("Choose one of these.")},
    )
    words = forms.CharField(
        label=_("What have you done?"),
        help_text=_("A few sentences make it easy to say yes: what, where, when."),
        required=False,
        max_length=1000,
        widget=_text(5),
    )
    field_order = ("level", "asked", "words")

    def __init__(self, *args: Any, vouchers: Sequence[Voucher], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(one.member.public_id): one.member for one in vouchers}
        self.fields["asked"].choices = [(str(one.member.public_id), described(one)) for one in vouchers]  # type: ignore[attr-defined]

    def person(self) -> Any:
        """The one chosen."""
        return self._people[self.cleaned_data["asked"]]


def described(one: Voucher) -> str:
    """A person with where they stand: name, place, unit."""
    return f"{one.member} – {place_words(one.places[:1])}, {one.unit}"


class VouchForm(_LevelForm):
    """The level one vouches for."""

    level = forms.TypedChoiceField(
        label=_("What have you seen the person do?"), coerce=int, widget=forms.RadioSelect, error_messages=CHOOSE_LEVEL
    )


class AnswerForm(_LevelForm):
    """Yes, to what was asked or to less; or no, with a reason."""

    level = forms.TypedChoiceField(
        label=_("What do you vouch for?"), coerce=int, widget=forms.RadioSelect, error_messages=CHOOSE_LEVEL
    )
    reason = forms.CharField(
        label=_("A word to the person"),
        help_text=_("Only the person reads it. Needed when you say no."),
        required=False,
        max_length=500,
        widget=_text(3),
    )


class ApplicationForm(forms.Form):
    """What somebody has done, and the level they claim in each competence."""

    words = forms.CharField(
        label=_("What have you done, where and when?"),
        help_text=_("Offices, work, courses elsewhere. Years and places make it easier to say yes."),
        required=False,
        max_length=4000,
        widget=_text(8),
    )
    document = forms.FileField(
        label=_("Add a document"),
        help_text=_("A diploma, a reference. PDF, JPEG or PNG, 10 MB at the most, five in all."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("The file is empty. Choose it once more.")},
    )

    def __init__(self, *args: Any, framework: FrameworkShown, claims: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        # Without words it is not sent; what is kept for later may lack them.
        self.fields["words"].required = not self.is_bound
        levels = [(0, "–"), *((at, framework.level_name(at)) for at in range(1, HIGHEST + 1))]
        self._keys = {f"claim_{entry.number}": entry.key for entry in framework.entries}
        for entry in framework.entries:
            self.fields[f"claim_{entry.number}"] = forms.TypedChoiceField(
                label=str(entry), choices=levels, coerce=int, empty_value=None, required=False,
                initial=claims.get(entry.key, 0), widget=forms.Select(attrs={"class": "ds-input"}),
            )  # fmt: skip
        self._areas = framework.areas

    def areas(self) -> list[tuple[str, list[forms.BoundField], int]]:
        """The fields of each branch of the framework, and how many of them claim something."""
        return [
            (
                str(area),
                fields := [self[f"claim_{entry.number}"] for entry in area.entries],
                sum(str(bound.value() or 0) != "0" for bound in fields),
            )
            for area in self._areas
        ]

    def claimed(self) -> dict[str, int]:
        """The level claimed by competence key."""
        return {key: self.cleaned_data.get(name) or 0 for name, key in self._keys.items()}


class ReviewForm(forms.Form):
    """What a reviewer grants, until when, and their words to the person."""

    waives = forms.BooleanField(label=_("The requirement need not be met"), required=False)
    until = forms.DateField(
        label=_("Until"),
        help_text=_("Leave it empty when it is for good."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like this: 27.02.2027")},
    )
    reason = forms.CharField(
        label=_("Your words to the person"),
        help_text=_("Needed when you say no or ask for more. Only the person and those who review read it."),
        required=False,
        max_length=1000,
        widget=_text(4),
    )

    def __init__(
        self, *args: Any, claims: Sequence[PriorClaim], framework: FrameworkShown, about: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if not about:
            del self.fields["waives"], self.fields["until"]
        self._claims = {f"grant_{claim.pk}": claim for claim in claims}
        for name, claim in self._claims.items():
            entry, most = framework.entry(claim.competence.key), min(claim.claimed, HIGHEST)
            choices = [(0, _("Not granted")), *level_choices(framework, entry, range(1, most + 1))]
            self.fields[name] = forms.TypedChoiceField(
                label=str(entry), choices=choices, coerce=int, widget=forms.RadioSelect, initial=most,
                error_messages=CHOOSE_LEVEL,
            )  # fmt: skip

    def say_no(self) -> None:
        """Nothing need be granted: the answer is no, or not yet."""
        for name in self._claims:
            self.fields[name].required = False

    def claim_fields(self) -> list[forms.BoundField]:
        """The field of each claim."""
        return [self[name] for name in self._claims]

    def grants(self) -> dict[int, int]:
        """The level granted by claim."""
        return {claim.pk: self.cleaned_data.get(name) or 0 for name, claim in self._claims.items()}
