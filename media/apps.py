from django.apps import AppConfig


class MediaConfig(AppConfig):
    """The media wing."""

    name = "media"

    def ready(self) -> None:
        import media.receivers
        import media.tasks  # noqa: F401
        from lms.organisation.access import Scope, register_scope
        from lms.organisation.doors import open_to_writers
        from media.playback import merging, retention
        from media.playback.models import Watch

        register_scope(Watch, Scope("member"))
        open_to_writers("recording_words", "remove_recording_words", "recording_again")
        retention.register()
        merging.register()
