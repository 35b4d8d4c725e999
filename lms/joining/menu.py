"""What this room lays on the administrator's start page, and its entry in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.directory.cards import Card, register_card
from lms.keeping import kept
from lms.members.models import Member
from lms.organisation.access import Right
from lms.organisation.queries import Standing, standing_of
from lms.pages.menu import Entry, register_entry
from lms.periods import today


def is_sympathiser(request: HttpRequest) -> bool:
    """Whether the reader takes part without being a member. Kept for the day: only for showing."""
    person, day = request.user, today()
    if not isinstance(person, Member):
        return False
    return kept(
        f"sympathiser-{day}", f"member-{person.pk}", lambda: standing_of(person, on=day) == Standing.SYMPATHISER
    )


def register_own_entry() -> None:
    """Add the entry, once, at start."""
    register_entry(Entry(90, _("Become a member"), "/join/", "PlusCircle", is_for=is_sympathiser))


def register_cards() -> None:
    """Lay the cards, once, at start."""
    register_card(
        Card(
            60,
            _("Invite"),
            _("A link to pass on, with its code to hold up, and how many came by it."),
            "invite_links",
            Right.INVITE,
            "PlusCircle",
        )
    )
    register_card(
        Card(
            61,
            _("Recruiting days"),
            _("A day when every branch invites, and everybody sees the count rise."),
            "campaigns",
            Right.INVITE,
            "HikingTrailSign",
        )
    )
    register_card(
        Card(
            62,
            _("Without an account"),
            _("Those in the register who cannot sign in yet: a link by mail, or a code on paper."),
            "join_waiting",
            Right.INVITE,
            "EnvelopeClosed",
        )
    )
