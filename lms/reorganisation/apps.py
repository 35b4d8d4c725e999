from django.apps import AppConfig


class ReorganisationConfig(AppConfig):
    """Counties merge, branches split: the plan, its steps and what follows."""

    name = "lms.reorganisation"

    def ready(self) -> None:
        import lms.reorganisation.tasks  # noqa: F401
        from lms.reorganisation.starting import register_cards, register_follower_of_learning

        register_follower_of_learning()
        register_cards()
