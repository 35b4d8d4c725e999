from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work."""

    name = "lms.jobs"
    label = "jobs"

    def ready(self) -> None:
        from lms.jobs.queries import queue_state
        from lms.pages.health import register_check

        register_check("queue", queue_state)
