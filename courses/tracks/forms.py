"""What an administrator writes of tracks, levels, and of a rule besides its requirements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Course
from courses.progression.models import Level, LevelRule, Track
from courses.tracks.wordings import Text, WordedForm

Certificate = LevelRule.Certificate
KEY_ERRORS = {
    "required": _("Write a short key."),
    "invalid": _("Use small letters a to z, digits and hyphens, like this: leadership-2"),
}
LONGEST_MONTHS = 240


class TrackForm(WordedForm):
    """What a track is called and what it is for; its key only when it is founded."""

    texts: ClassVar[Mapping[str, Text]] = {
        "title": Text(_("Name"), _("What people call it: Leadership training.")),
        "purpose": Text(_("What it is for"), _("A sentence or two."), is_long=True, is_required=False),
    }
    key = forms.RegexField(
        r"^[a-z0-9-]+$",
        label=_("Key"),
        max_length=40,
        help_text=_("A short word that never changes, for files and reports: leadership."),
        error_messages=KEY_ERRORS,
    )

    def __init__(self, *args: Any, track: Track | None = None, **options: Any) -> None:
        if track is not None:
            initial = self.spread("title", track.title) | self.spread("purpose", track.purpose)
            options["initial"] = initial
        super().__init__(*args, **options)
        if track is not None:
            del self.fields["key"]


class LevelForm(WordedForm):
    """What a level is called, what it makes you, what you can when you hold it."""

    texts: ClassVar[Mapping[str, Text]] = {
        "title": Text(_("Level"), _("One word: beginner.")),
        "display_name": Text(_("What it makes you"), _("Stands on the certificate: Sure in the office.")),
        "purpose": Text(_("What you can"), _("A sentence to whoever holds it."), is_long=True, is_required=False),
    }
    key = forms.RegexField(
        r"^[a-z0-9-]+$",
        label=_("Key"),
        max_length=20,
        help_text=_("A short word that never changes: beginner. The track's key is put before it."),
        error_messages=KEY_ERRORS,
    )

    def __init__(self, *args: Any, level: Level | None = None, **options: Any) -> None:
        if level is not None:
            options["initial"] = {
                field: text for name in self.texts for field, text in self.spread(name, getattr(level, name)).items()
            }
        super().__init__(*args, **options)
        if level is not None:
            del self.fields["key"]


class TermsForm(forms.Form):
    """How long the level holds, and whether a certificate comes with it."""

    valid_months = forms.IntegerField(
        label=_("It holds for so many months"),
        required=False,
        min_value=1,
        max_value=LONGEST_MONTHS,
        help_text=_("Empty: for good. 48 months are four years."),
        error_messages={"invalid": _("Write a whole number of months, like this: 48")},
    )
    lapses_unless_next_within = forms.IntegerField(
        label=_("It lapses unless the next level is reached within so many months"),
        required=False,
        min_value=1,
        max_value=LONGEST_MONTHS,
        help_text=_("Empty: it does not. For a step on the way, such as assistant instructor."),
        error_messages={"invalid": _("Write a whole number of months, like this: 18")},
    )
    certificate = forms.ChoiceField(
        label=_("Certificate"),
        widget=forms.RadioSelect,
        choices=[
            (Certificate.NONE, _("None")),
            (Certificate.AT_AWARD, _("By itself, when the level is reached")),
            (Certificate.BY_ADMINISTRATOR, _("When an administrator issues it")),
        ],
    )
    certificate_course = forms.ModelChoiceField(
        Course.objects.none(),
        label=_("The course whose name it bears"),
        required=False,
        empty_label=_("Choose"),
    )

    def __init__(self, *args: Any, rule: LevelRule, **options: Any) -> None:
        options["initial"] = {
            "valid_months": rule.valid_months,
            "lapses_unless_next_within": rule.lapses_unless_next_within,
            "certificate": rule.certificate,
            "certificate_course": rule.certificate_course_id,
        }
        super().__init__(*args, **options)
        self.fields["certificate_course"].queryset = Course.objects.filter(archived_at=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A certificate bears the name of a course."""
        given = super().clean() or {}
        if given.get("certificate") in (Certificate.AT_AWARD, Certificate.BY_ADMINISTRATOR):
            if not given.get("certificate_course"):
                self.add_error("certificate_course", _("Choose the course whose name the certificate bears."))
        else:
            given["certificate_course"] = None
        return given


class AdoptForm(forms.Form):
    """The decision, its day, and what becomes of those who hold the level by an older rule."""

    KEEP, END = "keep", "end"

    decision = forms.CharField(
        label=_("The decision"),
        max_length=200,
        help_text=_("Who decided it, when, and which case: The national board, 14 October 2026, case 31."),
        error_messages={"required": _("Write who decided it, and when.")},
    )
    valid_from = forms.DateField(
        label=_("First day of the rule"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day like this: 27.02.2027")},
    )
    older = forms.ChoiceField(
        label=_("Those who hold the level and do not meet this rule"),
        widget=forms.RadioSelect,
        initial=KEEP,
        choices=[
            (KEEP, _("keep it until it lapses by the rule they were given it by")),
            (END, _("keep it until a day the decision sets, and lose it then")),
        ],
    )
    ends_older_on = forms.DateField(
        label=_("The day they lose it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like this: 27.02.2027")},
    )

    def clean(self) -> dict[str, Any]:
        """The day belongs to the second choice only."""
        given = super().clean() or {}
        if given.get("older") != self.END:
            given["ends_older_on"] = None
        elif not given.get("ends_older_on") and "ends_older_on" not in self.errors:
            self.add_error("ends_older_on", _("Choose the day, or let them keep it."))
        return given
