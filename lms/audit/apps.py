from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail."""

    name = "lms.audit"
    label = "audit"

    def ready(self) -> None:
        from lms.audit import exporting, retention

        retention.register()
        exporting.register()
