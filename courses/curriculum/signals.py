"""What curriculum announces. ``ids`` is a list of outline ids."""

from django.dispatch import Signal

outline_published = Signal()
