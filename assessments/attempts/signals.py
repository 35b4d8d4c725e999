"""What attempts announce. ``ids`` is a list of attempt ids."""

from django.dispatch import Signal

attempt_graded = Signal()
