"""The day's work of the archive: blanking the rows of those who were erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.archive.erasing import blank_rows
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind

BLANK = "blank_archive"


@job_kind(BLANK, title=_("Taking people who were erased out of the archive"))
def blank(job: Claimed) -> Mapping[str, Any]:
    """Rows that are asked for today go today: the promise is thirty days."""
    return {"rows": blank_rows()}


register_daily(BLANK)
