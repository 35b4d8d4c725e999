"""What the page of a person offers whoever keeps the register: a new code for a forgotten password."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.directory.sections import register_section
from lms.joining.renewing import may_renew
from lms.members.models import Member


def code_of(member: Member, reader: Member, on: dt.date) -> dict[str, Any] | None:
    """The person, when the reader may give them a new code; a person does not give it to themselves."""
    return {"member": member} if member.pk != reader.pk and may_renew(member, by=reader) else None


def register_sections() -> None:
    """Add the part to the page of a person, once, at start."""
    register_section(60, _("Forgotten the password?"), "joining/anew.html", code_of)
