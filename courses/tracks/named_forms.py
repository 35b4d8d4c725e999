"""Forms for the requirements that name something nobody may have made yet: a test, a gathering, a form, a voucher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.progression import kinds
from courses.progression.models import Requirement
from courses.tracks import choosing
from courses.tracks.kind_forms import NamedForm, number_field, percent_field
from courses.tracks.wordings import Text

SCORES = [(1, "1"), (2, "2"), (3, "3"), (4, "4")]


class PaperForm(NamedForm):
    """Which test, and how much of it. One that is not made yet is named, and shown as coming."""

    model, column = kinds.PaperPassed, "paper_key"
    least_percent = percent_field(_("At least so many percent right"), initial=70)

    def of(self, row: Requirement) -> dict[str, Any]:
        paper = row.paper  # type: ignore[attr-defined]
        return super().of(row) | ({"which": paper.key} if paper is not None else {})

    def told(self) -> dict[str, Any]:
        told = super().told()
        paper = choosing.paper(told["paper_key"])
        return told | {"paper": paper, "title": dict(paper.title) if paper else told["title"], "key": told["key"][:80]}


class SessionForm(NamedForm):
    """Which gathering, and how much of it."""

    model, column = kinds.SessionAttended, "session_key"
    least_share = percent_field(_("At least so many percent of it"), initial=75)


class PracticeForm(NamedForm):
    """By which form practice is observed, how well, how often, by how many."""

    model, column = kinds.PracticeObserved, "form_key"
    least_score = forms.TypedChoiceField(label=_("With at least this score"), choices=SCORES, coerce=int, initial=3)
    count = number_field(_("How many times?"), most=20)
    distinct_observers = number_field(_("By how many different observers?"), most=20)

    def clean(self) -> dict[str, Any]:
        """Each time has one observer."""
        given = super().clean()
        if (given.get("distinct_observers") or 1) > (given.get("count") or 1):
            self.add_error("distinct_observers", _("There cannot be more observers than times."))
        return given


class AttestedForm(NamedForm):
    """What is vouched for, and by whom."""

    texts: ClassVar[Mapping[str, Text]] = {
        "title": Text(
            _("What is vouched for?"),
            _("As the end of “somebody vouches for …”: the practice task; that you have led the board well."),
            is_required=False,
        ),
    }
    model, column = kinds.Attested, "about"
    by = forms.MultipleChoiceField(
        label=_("Who may vouch?"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(choosing.VOUCHERS.items()),
        error_messages={"required": _("Choose at least one who may vouch for it.")},
    )


class EquivalentForm(NamedForm):
    """What a replacement is called: prior learning, a gathering in another organisation."""

    texts: ClassVar[Mapping[str, Text]] = {
        "title": Text(_("What is the replacement called?"), _("For example: prior learning."), is_required=False),
    }
    model, column = kinds.Equivalent, "name"

    def told(self) -> dict[str, Any]:
        told = super().told()
        return {"name": told["name"], "title": told["title"], "key": ""}
