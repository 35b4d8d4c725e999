"""Two records of one person become one."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    """Two records of one person become one."""

    name = "lms.merging"

    def ready(self) -> None:
        from lms.merging import accounts, cards, erasing, notices, standing

        standing.register()
        accounts.register()
        erasing.register()
        cards.register()
        notices.register()
