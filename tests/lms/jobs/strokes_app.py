"""Makes the kind of job for tests known to a worker of its own."""

from pathlib import Path

from django.apps import AppConfig


class Strokes(AppConfig):
    """No models: only a kind of job."""

    name = "tests.lms.jobs.strokes_app"
    label = "strokes"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        from tests.lms.jobs.strokes import register_strokes

        register_strokes()
