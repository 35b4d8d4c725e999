"""Several things said as one: lists that can hold lists and still be read. Pure but for the active language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

PLAIN = "%(what)s"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is to be done: ``verb`` is a sentence with a place for ``what``, shared by those that can be said together.

    ``is_list``: ``what`` names several already. ``has_commas``: a list around it needs semicolons.
    """

    what: str
    verb: str = PLAIN
    is_list: bool = False
    has_commas: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return self.verb % {"what": self.what}


def both(phrases: Sequence[Phrase]) -> Phrase:
    """All of them: complete A and B, and pass C."""
    if len(phrases) > 1 and len({phrase.verb for phrase in phrases}) == 1:
        return _joined(phrases, _("and"))
    runs = (list(run) for _verb, run in groupby(phrases, key=lambda phrase: (phrase.verb, phrase.is_list)))
    merged = [phrase for run in runs for phrase in ([_joined(run, _("and"))] if _is_mergeable(run) else run)]
    return _joined(merged, _("and"))


def either(phrases: Sequence[Phrase], least: int = 1) -> Phrase:
    """One of them is enough: complete A or B. With ``least``, so many: complete two of these: A, B or C."""
    is_long = len(phrases) > 1 and any(phrase.is_list or phrase.has_commas for phrase in phrases)
    joined = _joined(phrases, _("or"), between="; " if is_long else ", ")
    if least == 1:
        return (
            replace(joined, what=_("do one of these: %(options)s") % {"options": joined.text}, verb=PLAIN)
            if is_long
            else joined
        )
    words = _("%(n)s of these: %(options)s") % {"n": number(least), "options": joined.what}
    if joined.verb == PLAIN:
        words = _("do %(what)s") % {"what": words}
    return Phrase(words, joined.verb, is_list=True, has_commas=True)


def listed(words: Sequence[str], word: str) -> str:
    """A, B and C."""
    return f" {word} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def number(count: int) -> str:
    """A small number as a word."""
    words = {
        2: pgettext("how many", "two"),
        3: pgettext("how many", "three"),
        4: pgettext("how many", "four"),
        5: pgettext("how many", "five"),
        6: pgettext("how many", "six"),
    }
    return words.get(count, str(count))


def _is_mergeable(run: Sequence[Phrase]) -> bool:
    return len(run) > 1 and not run[0].is_list and run[0].verb != PLAIN


def _joined(phrases: Sequence[Phrase], word: str, between: str = ", ") -> Phrase:
    """Said together when they share their verb. A list within the list is set off, so that it is seen where it ends."""
    if len(phrases) <= 1:
        return phrases[0] if phrases else Phrase("")
    shared = len({phrase.verb for phrase in phrases}) == 1
    words = [phrase.what if shared else phrase.text for phrase in phrases]
    has_commas = any(phrase.has_commas for phrase in phrases)
    is_set_off = has_commas or any(phrase.is_list for phrase in phrases)
    between = "; " if has_commas else between
    last = f"{between}{word} " if is_set_off else f" {word} "
    text = last.join([between.join(words[:-1]), words[-1]])
    verb = phrases[0].verb if shared else PLAIN
    return Phrase(text, verb, is_list=True, has_commas=is_set_off or len(phrases) > 2)
