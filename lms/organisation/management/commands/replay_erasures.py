"""``manage.py replay_erasures``: after a restore, erase again everybody who had been erased."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lms.organisation.erasing import replay_erasures


class Command(BaseCommand):
    """Run it after every restore, before the house is opened."""

    help = "Erase again everybody whom the ledger of the erased names and a restored backup brought back."

    def handle(self, *args: Any, **options: Any) -> None:
        count = replay_erasures()
        self.stdout.write(f"{count} erased again")
