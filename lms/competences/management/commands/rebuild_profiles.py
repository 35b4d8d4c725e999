"""``manage.py rebuild_profiles``: where everybody stands, drawn anew from the ledger and the terms."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lms.competences.profiles import rebuild_profiles


class Command(BaseCommand):
    """Draw every profile anew. Nothing is lost by it: profiles hold only what the ledger says."""

    help = "Draw every profile of competences anew from the ledger of evidence and the terms."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_profiles()} people drawn")
