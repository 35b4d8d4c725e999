from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """Invitations, campaigns and those who come by themselves."""

    name = "lms.joining"

    def ready(self) -> None:
        import lms.joining.receivers
        import lms.joining.tasks  # noqa: F401
        from lms.joining import erasing, merging, renewing
        from lms.joining.consent import register_consent
        from lms.joining.menu import register_cards, register_own_entry
        from lms.joining.notices import register_notices
        from lms.joining.sections import register_sections

        register_consent()
        register_notices()
        renewing.register_notices()
        register_sections()
        register_cards()
        register_own_entry()
        merging.register()
        erasing.register()
