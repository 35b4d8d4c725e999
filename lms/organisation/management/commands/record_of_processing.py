"""``manage.py record_of_processing``: write the record of processing anew."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.privacy.record import record_of_processing

PLACE = settings.BASE_DIR / "docs" / "operations" / "record-of-processing.md"


class Command(BaseCommand):
    """Run it when a declaration or a retention rule has changed."""

    requires_system_checks: list[str] = []
    help = "Write docs/operations/record-of-processing.md from the declarations of personal data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        text = record_of_processing()
        if options["check"]:
            if not PLACE.exists() or PLACE.read_text(encoding="utf-8") != text:
                raise CommandError("the record of processing is not current: run manage.py record_of_processing")
            return
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        PLACE.write_text(text, encoding="utf-8")
        self.stdout.write(f"{PLACE.relative_to(settings.BASE_DIR)} written")
