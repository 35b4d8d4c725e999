"""What is written about awards in bulk: an extension, its undoing, a file of earlier awards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.progression.models import Level
from courses.tracks.extending import LONGEST, Wish
from courses.tracks.importing import LONGEST_SOURCE
from lms.directory.bodies.forms import day_field
from lms.directory.people.forms import NO_UNIT, UnitField
from lms.organisation.models import Unit
from lms.periods import today

WINDOW_DAYS = 182
"""How far ahead one looks at first: half a year."""


class LevelField(forms.ModelChoiceField):
    """A choice among levels with an adopted rule, named by their key."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=levels_with_rules(), to_field_name="key", empty_label=_("Choose"), **options)

    def label_from_instance(self, obj: Level) -> str:
        return f"{obj.track}: {obj.order} {obj}"


def levels_with_rules() -> QuerySet[Level]:
    """The levels one can hold, track by track."""
    given = Level.objects.filter(rules__adopted_at__isnull=False).distinct()
    return given.select_related("track").order_by("track__order", "track__key", "order")


class WishForm(forms.Form):
    """Which awards are to last longer, and to when."""

    level = LevelField(label=_("Level"), error_messages={"required": _("Choose a level.")})
    unit = UnitField(label=_("Unit"), help_text=_("Everything below it is included."), error_messages=NO_UNIT)
    lapsing_from = day_field(_("Those that lapse from"))
    last = day_field(_("to the end of"))
    until = day_field(_("They last to"), _("The day they lapse instead, for all of them."))

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["lapsing_from"].initial = today
        self.fields["last"].initial = today() + dt.timedelta(days=WINDOW_DAYS)

    def wish(self) -> Wish:
        """What was asked for. A window is read to the end of its last day."""
        said = self.cleaned_data
        last = said["last"] + dt.timedelta(days=1)
        return Wish(said["level"], said["unit"], said["lapsing_from"], last, said["until"])


class DecisionForm(forms.Form):
    """Who decided it, and the preview that was looked over."""

    decision = forms.CharField(
        label=_("The decision"),
        help_text=_("Who decided it, and when: it stands beside every award it reaches."),
        max_length=LONGEST,
        error_messages={"required": _("Write who decided it, and when. At most 200 characters.")},
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class UndoForm(forms.Form):
    """Why a decision is undone."""

    reason = forms.CharField(
        label=_("Why it is undone"),
        max_length=LONGEST,
        error_messages={"required": _("Write in a sentence why it is undone. At most 200 characters.")},
    )


class EarlierForm(forms.Form):
    """A file of earlier awards of one level."""

    level = LevelField(label=_("Level"), error_messages={"required": _("Choose a level.")})
    source = forms.CharField(
        label=_("Where they were given"),
        help_text=_("The old register, or a course in 2024: it stands beside every award."),
        max_length=LONGEST_SOURCE,
        error_messages={"required": _("Write where they were given, in a few words.")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or ODS, with member number and date in each row. A name is compared with the register's. How "
            "long the award lasts is not read: the rule of that day says it, or the earliest rule there is."
        ),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
    )
