"""The organisation and its people, and the wiring of the Django project."""
