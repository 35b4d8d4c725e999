"""From a snapshot to the sheet that is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.models import Credential
from certificates.numbers import LENGTH
from certificates.render import Sheet, draw_certificate
from certificates.services import Draft, payload_of
from lms.periods import today


def check_address(number: str) -> str:
    """The whole address where a certificate is checked; it is in the code on the sheet."""
    return settings.TILLIT_BASE_URL + reverse("credential", args=[number])


def sheet_of(payload: Mapping[str, Any]) -> Sheet:
    """The sheet a snapshot prints, in the language it was issued in."""
    with override(payload["language"]):
        return Sheet(
            name=payload["name"],
            title=payload["title"],
            lead=_("This shows that"),
            verb=_("has completed and passed") if payload["stones"] else _("has completed"),
            level_line=payload["level_line"],
            facts=tuple((label, value) for label, value in payload["facts"]),
            signatures=tuple((name, role) for name, role in payload["signatures"]),
            organisation=payload["organisation"],
            stones=payload["stones"],
            number=payload["number"],
            check_label=_("Check the certificate"),
            check_host=f"{urlsplit(settings.TILLIT_BASE_URL).netloc}/c",
            check_url=check_address(payload["number"]),
            language=payload["language"],
            issued_on=dt.date.fromisoformat(payload["issued_on"]),
            pdf_title=f"{payload['title']} – {payload['name']}",
        )


def certificate_pdf(credential: Credential) -> bytes:
    """The sheet as a PDF, drawn anew from the snapshot: the same bytes every time."""
    return draw_certificate(sheet_of(credential.payload))


def sample_pdf(draft: Draft) -> bytes:
    """How the sheet of a draft will look. Its number is all noughts, which no certificate has."""
    return draw_certificate(sheet_of(payload_of(draft, number="0" * LENGTH, issued_on=today())))
