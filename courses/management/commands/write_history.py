"""``manage.py write_history --months 24``: write months that are over, from the ledger, and the running one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Write the long memory's files of the last months: for an import, a demo, or files that were lost."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months", type=int, default=24, help="how many, the running one among them (24)")

    def handle(self, **options: Any) -> None:
        from courses.coverage.snapshots import last_months, rebuild_history

        for row in rebuild_history(months=last_months(options["months"])):
            self.stdout.write(f"{row.month:%Y-%m}: {row.people}")
