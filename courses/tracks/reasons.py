"""Why somebody would gain or lose a level by a draft: one sentence, stored in every language of the house."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from courses.progression.engine import Finding
from courses.progression.explain import need, sentence
from lms.pages.templatetags.tillit import long_date


def in_every_language(say: Callable[[], str]) -> dict[str, str]:
    """What ``say`` says in each language."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = say()
    return said


def has_all(finding: Finding, now: Finding | None) -> dict[str, str]:
    """All that the draft asks is there; and what the rule in force asks besides, if it stands in the way today."""

    def say() -> str:
        if now is not None and not now.is_met:
            words = _("Has all that the draft asks. By the rule in force, still has to %(what)s.")
            return words % {"what": need(now)}
        if finding.since is not None:
            return _("Has all that the draft asks, since %(date)s.") % {"date": long_date(finding.since)}
        return _("Has all that the draft asks.")

    return in_every_language(say)


def renews() -> dict[str, str]:
    """The level had lapsed, and the draft has a way of renewing that has been walked."""
    return in_every_language(lambda: _("It had lapsed; what has been done since renews it by the draft."))


def lacks(finding: Finding) -> dict[str, str]:
    """What the draft asks and is not there."""
    return in_every_language(lambda: sentence(finding, of_another=True))


def too_late(months: int) -> dict[str, str]:
    """The next level was not reached in the time the draft gives."""

    def say() -> str:
        words = ngettext(
            "Loses it the day the rule begins: the next level was not reached within %(n)d month.",
            "Loses it the day the rule begins: the next level was not reached within %(n)d months.",
            months,
        )
        return words % {"n": months}

    return in_every_language(say)
