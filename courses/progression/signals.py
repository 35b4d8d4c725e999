"""What progression announces. ``ids`` is a list of award ids."""

from django.dispatch import Signal

level_awarded = Signal()
