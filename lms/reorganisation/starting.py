"""What this room registers when the house starts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.directory.cards import Card, register_card
from lms.organisation.access import Right
from lms.organisation.following import Follower, Passage, Word, register_follower


def register_follower_of_learning() -> None:
    """Enrolments, results and awards hang on people: nothing to do, but worth saying."""
    register_follower(Follower("learning", gettext_lazy("Learning"), preview=_learning))


def _learning(passage: Passage) -> Sequence[Word]:
    return [
        _("Courses begun, results and certificates follow the person. Nobody has to do anything again."),
        _("Certificates keep the unit where they were earned. Reports can be asked as it was and as it is."),
    ]


def register_cards() -> None:
    """Where an administrator finds reorganisations and the report over time."""
    register_card(
        Card(
            60,
            gettext_lazy("Reorganisations"),
            gettext_lazy("Merge, split, move, rename or close units on a day, with a preview and a way back."),
            "reorganisations",
            Right.REORGANISE,
            "ArrowsCirclepath",
        )
    )
    register_card(
        Card(
            70,
            gettext_lazy("As it was and as it is"),
            gettext_lazy("Members per county on any day, in the counties of then and of now."),
            "over_time",
            Right.SEE_PEOPLE,
            "ClockDashed",
        )
    )
