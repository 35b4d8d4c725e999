"""What people can do."""

from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    """What people can do: frameworks, evidence, the level it proves."""

    name = "lms.competences"

    def ready(self) -> None:
        import lms.competences.leaving
        import lms.competences.receivers
        import lms.competences.tasks  # noqa: F401
        from lms.competences import starting
        from lms.competences.framework import watch_rows

        starting.register()
        watch_rows()
