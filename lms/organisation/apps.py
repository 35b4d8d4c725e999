from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation."""

    name = "lms.organisation"
    label = "organisation"

    def ready(self) -> None:
        import lms.organisation.announcing_tasks
        import lms.organisation.letters
        import lms.organisation.tasks  # noqa: F401
        from lms.organisation import erasing, inactivity, retention
        from lms.organisation.assurance import watch_rows
        from lms.organisation.right_notices import register_notices
        from lms.privacy.registry import register_eraser

        watch_rows()
        register_notices()
        retention.register()
        inactivity.register()
        register_eraser("sessions", erasing.erase_sessions)
        register_eraser("letters", erasing.erase_letters)
