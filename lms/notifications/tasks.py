"""What the jobs of this room do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lms.jobs.registry import job_kind
from lms.notifications.sending import LAST_ATTEMPT, send_notices

job_kind("send_notices", title=_("Mail is being sent"), max_attempts=LAST_ATTEMPT)(send_notices)
