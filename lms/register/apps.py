from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The member register, as files bring it."""

    name = "lms.register"

    def ready(self) -> None:
        import lms.register.tasks  # noqa: F401
        from lms.register import erasing, merging
        from lms.register.card import lay_card

        erasing.register()
        lay_card()
        merging.register()
