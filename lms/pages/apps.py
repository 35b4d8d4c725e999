from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The ground every page stands on."""

    name = "lms.pages"
    label = "pages"
