"""``manage.py appoint_administrator EMAIL --unit CODE --until DATE``: the first administrator of an installation."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from lms.organisation.first import appoint_first
from lms.organisation.models import Unit
from lms.periods import today


class Command(BaseCommand):
    help = "Appoint an administrator from the command line, and print a link that lets them in once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they will sign in with")
        parser.add_argument("--unit", required=True, help="code of the unit; its rights reach everything below it")
        parser.add_argument("--until", required=True, type=dt.date.fromisoformat, help="the day it ends, 2027-06-30")
        parser.add_argument("--name", default="", help="the name, for somebody who is not known yet")

    def handle(self, *args: Any, **said: Any) -> None:
        unit = Unit.objects.on(today()).filter(code=said["unit"]).first()
        if unit is None:
            known = ", ".join(Unit.objects.on(today()).order_by("kind", "code").values_list("code", flat=True)[:10])
            raise CommandError(
                f"No unit has the code {said['unit']} today. Some that there are: {known or 'none yet'}."
            )
        try:
            validate_email(said["email"])
            link = appoint_first(email=said["email"], unit=unit, until=said["until"], name=said["name"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{said['email']} administers {unit} until {said['until']}.")
        self.stdout.write("Give this link to that person only. It works once, and for three days:")
        self.stdout.write(link)
