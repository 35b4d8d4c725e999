"""Where workers begin: ``celery -A lms worker``. Django is set up, then the tasks are found."""

from celery.fixups.django import fixup

from lms.jobs.broker import app

__all__ = ["app"]

fixup(app)
app.autodiscover_tasks(["lms.jobs"])
