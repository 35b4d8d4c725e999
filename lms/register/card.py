"""The way to the imports: a card on the administrator's start page, which the main menu leads to."""

from __future__ import annotations

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.directory.cards import Card, register_card
from lms.members.models import Member
from lms.organisation import access
from lms.register.models import RegisterImport
from lms.register.queries import imports_seen_by

KEEP = access.Right.KEEP_REGISTER


def what_waits(member: Member, _day: dt.date) -> str | Promise:
    """What an administrator is wanted for: a file of their own to look over, or another's to confirm."""
    _reach, rows = imports_seen_by(member)
    if any(row.state == RegisterImport.State.WAITING and row.by_id != member.pk for row in rows):
        return _("A file in which many leave waits for a second administrator.")
    if any(row.state == RegisterImport.State.READY and row.by_id == member.pk for row in rows):
        return _("A file you brought is ready to be looked over.")
    return ""


def lay_card() -> None:
    """Lay it there, once, at start."""
    register_card(
        Card(
            order=40,
            title=gettext_lazy("The member register"),
            text=gettext_lazy("Bring a file from the register. You see what it changes before anything is changed."),
            url_name="register_imports",
            right=KEEP,
            icon="Upload",
            wants=what_waits,
        )
    )
