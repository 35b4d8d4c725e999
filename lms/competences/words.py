"""What kinds of evidence, places and states are called on screen. The levels are named by the framework."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.competences.models import Evidence, PriorLearning
from lms.competences.standpoints import Place

Word = str | Promise
KIND_WORDS: dict[str, Word] = {
    Evidence.Kind.COURSE: pgettext_lazy("evidence", "Course completed"),
    Evidence.Kind.PAPER: pgettext_lazy("evidence", "Test passed"),
    Evidence.Kind.OFFICE: pgettext_lazy("evidence", "Office held"),
    Evidence.Kind.SESSION: pgettext_lazy("evidence", "Session attended"),
    Evidence.Kind.HOURS: pgettext_lazy("evidence", "Hours of training"),
    Evidence.Kind.TAUGHT: pgettext_lazy("evidence", "Hours taught"),
    Evidence.Kind.PRACTICE: pgettext_lazy("evidence", "Practice observed"),
    Evidence.Kind.ATTESTATION: pgettext_lazy("evidence", "Vouched for"),
    Evidence.Kind.SELF: _("Your own view"),
    Evidence.Kind.PRIOR: pgettext_lazy("evidence", "Prior learning recognised"),
    Evidence.Kind.WAIVER: pgettext_lazy("evidence", "Requirement waived"),
}
PLACE_WORDS: dict[str, Word] = {
    Place.CHAIR: pgettext_lazy("place", "Chair here"),
    Place.TRAINING: pgettext_lazy("place", "Training officer here"),
    Place.CHAIR_PARENT_UNIT: pgettext_lazy("place", "Chair of a unit above"),
    Place.TRAINING_PARENT_UNIT: pgettext_lazy("place", "Training officer of a unit above"),
    Place.NATIONAL_TRAINING: pgettext_lazy("place", "National training officer"),
    Place.INSTRUCTOR: pgettext_lazy("place", "Instructor"),
    Place.ADMINISTRATOR: pgettext_lazy("place", "Administrator"),
}
STATE_WORDS: dict[str, tuple[Word, str]] = {
    PriorLearning.State.DRAFT: (pgettext_lazy("application", "Not sent yet"), ""),
    PriorLearning.State.SENT: (pgettext_lazy("application", "Sent, waits for an answer"), "due"),
    PriorLearning.State.RETURNED: (pgettext_lazy("application", "Sent back: more is needed"), "due"),
    PriorLearning.State.ACCEPTED: (pgettext_lazy("application", "Recognised"), "done"),
    PriorLearning.State.DECLINED: (pgettext_lazy("application", "Not recognised"), ""),
}
"""What a state is called, and the kind of tag it is shown as."""


def place_words(places: Iterable[str]) -> str:
    """Where somebody stands, in words: the first place named is enough on screen."""
    return ", ".join(str(PLACE_WORDS.get(place, place)) for place in places)
