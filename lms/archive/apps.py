"""Long memory."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Long memory."""

    name = "lms.archive"

    def ready(self) -> None:
        import lms.archive.tasks  # noqa: F401
        from lms.archive import erasing

        erasing.register()
