from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class PrivacyConfig(AppConfig):
    """Gathers every app's declarations from its ``privacy`` file at start."""

    name = "lms.privacy"
    label = "privacy"

    def ready(self) -> None:
        for config in apps.get_app_configs():
            if config.name.split(".")[0] in OUR_HOUSES and find_spec(f"{config.name}.privacy"):
                import_module(f"{config.name}.privacy")


OUR_HOUSES = ("lms", "media", "assessments", "certificates", "courses")
