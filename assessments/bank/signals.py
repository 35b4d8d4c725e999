"""What the bank announces. ``ids`` is a list of question ids."""

from django.dispatch import Signal

question_written = Signal()
