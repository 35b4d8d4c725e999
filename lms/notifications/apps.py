from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notices in the app and by mail."""

    name = "lms.notifications"
    label = "notifications"

    def ready(self) -> None:
        from django.urls import reverse

        from lms.notifications.queries import unread_count
        from lms.pages.menu import Bell, register_bell

        register_bell(Bell(address=lambda: reverse("notices"), unread=unread_count))
        import lms.notifications.tasks  # noqa: F401
