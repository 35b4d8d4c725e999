"""What this room announces: ``sympathiser_joined`` carries ``ids``, member ids of those who came by themselves."""

from django.dispatch import Signal

sympathiser_joined = Signal()
