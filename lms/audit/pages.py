"""What pages and acts are called to the person they were about. Rooms give theirs a name when they start."""

from __future__ import annotations

from django.utils.functional import Promise

Word = str | Promise

_pages: dict[str, Word] = {}
_acts: dict[str, Word] = {}


def register_page_name(key: str, label: Word) -> None:
    """Say in words what the page or report ``key`` of a sighting is: "the list of members"."""
    _pages[key] = label


def register_act_name(act: str, label: Word) -> None:
    """Say in words, as a whole sentence to the person it was about, what an act was: "You were given an office"."""
    _acts[act] = label


def page_name(key: str) -> str:
    """What a page is called; one that nobody has named is shown as it is."""
    return str(_pages.get(key, key.replace("_", " ")))


def act_name(act: str) -> str:
    """What an act is called; one that nobody has named is shown as it is."""
    return str(_acts.get(act, act.replace("_", " ")))
