from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People."""

    name = "lms.members"
    label = "members"

    def ready(self) -> None:
        from lms.members import assurance, factors

        assurance.listen()
        factors.listen()
