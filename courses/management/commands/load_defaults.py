"""``manage.py load_defaults``: the framework of competences, the ladder of levels, the plan templates."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.tracks.defaults import load_defaults


class Command(BaseCommand):
    """Load what Tillit brings to begin with. Safe to run twice."""

    help = (
        "Load the framework of 32 competences, the leadership and instructor ladders and the plan templates. "
        "What is there already is left as it is, changed or not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", metavar="YYYY-MM-DD", help="the day they hold from: when they were adopted (default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            since = dt.date.fromisoformat(options["since"]) if options["since"] else None
        except ValueError as error:
            raise CommandError("--since is a day written like 2026-03-14") from error
        loaded = load_defaults(by=None, since=since)
        self.stdout.write(
            f"Framework: {loaded.framework} rows new. Ladder: {loaded.ladder}. Plan templates: {loaded.templates}."
            if loaded.is_new
            else "Everything was there already."
        )
