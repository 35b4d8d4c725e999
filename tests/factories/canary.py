"""A person with everything, and ways to look for them everywhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from courses.desk.my_data_jobs import ask_for_copy
from courses.enrolment.models import Work
from lms.audit.services import record_sighting
from lms.jobs.sweeper import run_waiting
from lms.members.consents import give_consent, purposes
from lms.members.models import Leaving, Member
from lms.notifications.services import notify
from lms.organisation.access import Right, Role
from lms.organisation.models import Delegation
from lms.pages.models import Document
from lms.privacy.declarations import declared
from lms.privacy.ways import is_own, rows_of
from media.playback.models import Watch
from tests.factories import courses, organisation
from tests.factories.filling import fill
from tests.factories.media import make_film

NAME, EMAIL, NUMBER = "Kanarina Kvitrekvist", "kanarina@kvitre.example", "KANARI-4711"
NOTE = "kanarinotat"
MARKS = (NAME, "Kanarina", "Kvitrekvist", "kvitrekvist", EMAIL, "kvitre.example", NUMBER, NOTE)
PASSWORD = "et-langt-passord"


def make_canary() -> Member:
    """Somebody who has done everything here that leaves a row."""
    nation, nordland, *_ = organisation.make_tree()
    one = organisation.make_member(NAME, of=nordland, email=EMAIL, password=PASSWORD, member_number=NUMBER)
    other = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(other, Role.ADMINISTRATOR, unit=nation)
    organisation.make_term(one, unit=nordland)
    organisation.make_appointment(one, Role.EDITOR, unit=nordland)
    for member, giver in ((one, other), (other, one)):
        Delegation.objects.create(
            member=member, giver=giver, right=Right.SEE_PEOPLE, unit=nordland, reason="ferie",
            valid_from=organisation.LONG_AGO, valid_until=organisation.LATER,
        )  # fmt: skip
    _learn(one)
    _use(one, other)
    for model in own_models():
        if not rows_of(one, model).exists():
            fill(model, one, NAME)
    return one


def own_models() -> list[type[Model]]:
    """Every declared model whose rows go with a person."""
    return [model for model in declared() if is_own(model)]


def _learn(one: Member) -> None:
    paper = courses.make_paper(3)
    page = courses.make_course_pages([[courses.text_block(), courses.quiz_block()]] * 2, paper=paper)
    course = courses.course_of(page)
    courses.make_rule(course, paper)
    courses.finish(course, one)
    courses.make_attempt(paper, one, right=0)
    courses.make_award(one)
    courses.make_credential(one)
    courses.finish(courses.make_course(1), one)
    Work.objects.create(member=one, activity=course.activities.first(), content={"text": NOTE})
    page.owner = one
    page.save()
    Watch.objects.create(member=one, recording=make_film(files=False), intervals=[[0, 9]], updated_at=timezone.now())


def _use(one: Member, other: Member) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert browser.get("/desk/").status_code == 200
    address = EmailAddress.objects.get(user=one)
    EmailConfirmation.objects.create(email_address=address, key="kanarinokkel", sent=timezone.now())
    Authenticator.objects.create(user=one, type=Authenticator.Type.TOTP, data={"secret": "hemmelig"})
    for purpose in purposes():
        give_consent(member=one, purpose=purpose.key)
    Leaving.objects.create(
        member=one, left_on=dt.date(2025, 1, 1), erase_on=dt.date(2025, 1, 8), cancelled_at=timezone.now()
    )
    notify(members=[one], kind="certificate_ready", key="kanari", context={"label": NAME})
    record_sighting(by=other, page="member_list", of=[one.public_id])
    record_sighting(by=one, page="member_list", of=[other.public_id])
    Document.objects.create(title="Vedtekter", file=ContentFile(b"%PDF-", "v.pdf"), uploaded_by_user=one)
    ask_for_copy(member=one, by=one)
    run_waiting()


def everything() -> str:
    """Every row of every table as text, sessions opened."""
    rows = [
        f"{model._meta.label} {row}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for row in model._base_manager.values()
    ]
    return "\n".join([*rows, *(str(session.get_decoded()) for session in Session.objects.all())])


def files() -> dict[str, bytes]:
    """Every uploaded or made file."""
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def cached() -> bytes:
    """Every value in the cache of the process, as it lies there."""
    return b"\n".join(key.encode() + value for key, value in cache._cache.items())


def marks_in(text: str | bytes) -> list[str]:
    """Which of the canary's marks are found."""
    if isinstance(text, bytes):
        return [mark for mark in MARKS if mark.encode() in text]
    return [mark for mark in MARKS if mark in text]
