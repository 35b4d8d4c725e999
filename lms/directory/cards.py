"""The cards of the administrator's start page: rooms above register theirs when they start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.functional import Promise

from lms.members.models import Member
from lms.organisation.access import Right

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Sum:
    """A number on a card: 350, "units"."""

    number: int
    label: Word


Count = Callable[[Member, dt.date], Sum | None]
Wants = Callable[[Member, dt.date], Word]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing an administrator keeps: where it is, and for whom (who holds ``right`` somewhere).

    ``count`` says how many there are for this reader; ``wants`` is one sentence on what waits
    for them there, "" when nothing does. Both get (reader, day), and one query each is plenty.
    """

    order: int
    title: Word
    text: Word
    url_name: str
    right: Right
    icon: str
    count: Count | None = None
    wants: Wants | None = None


_cards: dict[str, Card] = {}


def register_card(card: Card) -> None:
    """Lay a card on the administrator's start page; registering the same address again replaces it."""
    _cards[card.url_name] = card


def cards_for(rights: Collection[Right]) -> list[Card]:
    """The cards of somebody with these rights, in order."""
    return sorted((card for card in _cards.values() if card.right in rights), key=lambda card: card.order)
