"""The Celery application as the house uses it: to send, and to keep the clock.

It knows nothing of Django's apps, so the beat process (``celery -A lms.jobs.broker beat``)
stays small. The worker's door is ``lms.celery``. Everything it is told stands in the settings
under ``CELERY_``; the schedule is short and stands here, because what matters is in rows.
"""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")

from django.conf import settings

app = Celery("lms", fixups=[])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "sweep": {
        "task": "lms.jobs.sweep",
        "schedule": settings.TILLIT_JOB_SWEEP_SECONDS,
        "options": {"expires": settings.TILLIT_JOB_SWEEP_SECONDS},
    },
    "forget": {"task": "lms.jobs.forget", "schedule": crontab(hour="3", minute="20")},
}
