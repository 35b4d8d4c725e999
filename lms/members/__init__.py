"""Members: the person, sign-in. Imports nothing from Wagtail."""
