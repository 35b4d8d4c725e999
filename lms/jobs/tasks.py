"""What a worker can be told: by name, with ids only."""

from __future__ import annotations

from celery.signals import worker_ready

from lms.jobs import services, sweeper
from lms.jobs.broker import app


@app.task(name="lms.jobs.look")
def look(job_id: object) -> None:
    """Look at one job. The row decides; an id of nothing does nothing."""
    if isinstance(job_id, int):
        services.run_job(job_id=job_id)


@app.task(name="lms.jobs.sweep")
def sweep() -> None:
    """Tell of what nobody heard."""
    sweeper.sweep()


@app.task(name="lms.jobs.forget")
def forget() -> None:
    """Delete what is no longer kept."""
    sweeper.forget_old_jobs()


@worker_ready.connect
def look_around(**_: object) -> None:
    """A worker that has just begun need not wait for the clock: whatever was left is found now."""
    sweep.apply_async(retry=False)
