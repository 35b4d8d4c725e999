"""The administrator's pages: units, people, bodies."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The administrator's pages: units, people, bodies."""

    name = "lms.directory"

    def ready(self) -> None:
        from lms.directory.bodies.cards import register_cards
        from lms.directory.own_cards import register_own

        register_own()
        register_cards()
