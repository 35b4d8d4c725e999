"""Two mirror counties with names that sing: nobody who keeps the one meets a name of the other (threat 2)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import resolve

from courses.progression.models import Level
from courses.reports.issuing import issue_to_group
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from tests.factories import courses
from tests.walls.mirror import Seen, Side, live, make_mirror, text_of, walk

pytestmark = pytest.mark.django_db

FOUND = "/competences/search/?competence=money.budget&level=1"
STARTS = ["/desk/", "/desk/data/", "/reports/certificates/", "/notices/", "/organisation/", "/kurs/", "/join/", FOUND]


@dataclass(frozen=True)
class LivedIn:
    """Both sides after a year, and every letter that was sent meanwhile."""

    sides: tuple[Side, Side]
    letters: list[EmailMessage]


def signed_in(member: Member) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member)
    return client


def canaries_of(other: Side) -> list[str]:
    """What would give somebody of the other side away: name, address, number."""
    return [other.canary, other.canary.lower().replace("ø", "o")]


def singing(seen: list[Seen], other: Side) -> list[str]:
    return [s.url for s in seen for word in canaries_of(other) if word in s.text]


@pytest.fixture(scope="module")
def lived_in(keep) -> LivedIn:
    """Both counties, each with something of every kind."""
    return keep(make_lived_in)


def make_lived_in() -> LivedIn:
    mail.outbox.clear()
    sides = make_mirror()
    for side in sides:
        live(side)
    return LivedIn(sides, list(mail.outbox))


@pytest.fixture
def sides(db, lived_in: LivedIn) -> tuple[Side, Side]:
    return deepcopy(lived_in.sides)


@pytest.mark.parametrize("turned", [False, True], ids=["north", "south"])
@pytest.mark.parametrize("who", ["administrator", "instructor", "officer"])
def test_no_page_or_file_of_mine_holds_a_name_of_the_other_side(sides, who: str, turned: bool):
    mine, other = reversed(sides) if turned else sides
    seen = list(walk(signed_in(getattr(mine, who)), STARTS, at_most=300))
    assert singing(seen, other) == []
    assert [s.url for s in seen if s.status >= 500] == []


def test_the_walk_meets_the_names_of_its_own_side(sides):
    """Else the silence of the other side would mean nothing."""
    mine, _ = sides
    seen = list(walk(signed_in(mine.administrator), STARTS, at_most=300))
    assert singing(seen, mine)


def test_the_walk_comes_to_every_kind_of_page_with_people_on_it(sides):
    mine, _ = sides
    seen = walk(signed_in(mine.administrator), STARTS, at_most=300)
    came = {resolve(s.url.split("?")[0]).url_name for s in seen if s.status == 200}
    assert came >= {
        "people", "people_as_file", "person", "unit", "body", "rights", "begin_term", "lend_right", "appoint",
        "body_competences", "search_competences",
        "register_import", "register_import_errors", "register_import_report", "register_import_report_xlsx",
        "merging", "merge_preview", "merge", "preview_reorganisation", "over_time_file", "invite_link",
        "campaign_board", "join_waiting", "issued_certificate", "issued_file", "who_saw_me",
    }  # fmt: skip


def test_no_page_leads_to_one_that_does_not_exist(sides):
    mine, _ = sides
    seen = list(walk(signed_in(mine.administrator), STARTS, at_most=300))
    assert [s.url for s in seen if s.status == 404] == []


def test_no_letter_to_one_side_holds_a_name_of_the_other(sides, lived_in, mailoutbox):
    for mine, other in (sides, sides[::-1]):
        issue_to_group(subject=Level.objects.get(key=courses.GRUNN), unit=mine.county, by=mine.administrator)
        run_waiting()
        word = other.canary.lower().replace("ø", "o")
        letters = [letter for letter in [*lived_in.letters, *mailoutbox] if any(word not in to for to in letter.to)]
        assert letters
        assert [letter.subject for letter in letters if other.canary in letter.message().as_string()] == []


def test_no_file_that_is_asked_for_by_a_form_holds_a_name_of_the_other_side(sides):
    for mine, other in (sides, sides[::-1]):
        client = signed_in(mine.administrator)
        for kind in ("csv", "xlsx"):
            answer = client.post(f"/organisation/bodies/report.{kind}", {})
            body = b"".join(answer) if answer.streaming else answer.content
            assert answer.status_code == 200
            assert singing([Seen("", 200, text_of(body, ""))], other) == []
