"""``manage.py load_demo``: the demo organisation, its people, its courses and a recruiting day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from courses.demo.load import load_demo


class Command(BaseCommand):
    """Load the demo once; later calls do nothing."""

    help = (
        "Load the demo: an organisation of invented people, the course Ny i styret in three languages, "
        "the open course Bli med, and a recruiting day that goes on today. Later calls do nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=int, default=2000, help="how many people (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_demo(members=options["members"])
        self.stdout.write("Demo loaded." if loaded else "Demo was already loaded.")
