"""Why a plan was closed: one word per reason, kept in ``closed_reason``."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TERM_ENDED: Final = "term ended"
TERM_TAKEN_BACK: Final = "term taken back"
DONE: Final = "done"
REPLACED: Final = "replaced"
BODY_CLOSED: Final = "body closed"
UNIT_CLOSED: Final = "unit closed"
STOPPED: Final = "stopped"

WORDS: dict[str, str | Promise] = {
    TERM_ENDED: _("The office was laid down"),
    TERM_TAKEN_BACK: _("The election was recorded by mistake"),
    DONE: _("The plan is carried through"),
    REPLACED: _("Another plan took its place"),
    BODY_CLOSED: _("The body was closed"),
    UNIT_CLOSED: _("The unit was closed"),
    STOPPED: _("It no longer fits"),
}

GIVEN = (DONE, REPLACED, STOPPED)
"""Those a person may choose; the others come by themselves."""
BY_ITSELF = (TERM_ENDED, TERM_TAKEN_BACK)
"""After these the plan goes on by itself, if the person is elected to the same office again."""


def reason_in_words(reason: str) -> str:
    """The reason as it is shown."""
    return str(WORDS.get(reason, reason))
