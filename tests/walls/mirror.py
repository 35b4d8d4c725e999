"""Two counties that mirror each other: the same people, boards and certificates, but other names.

Whoever keeps the one must never meet a name of the other: on no page, in no file, in no letter.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.test import Client
from pypdf import PdfReader

from courses.curriculum.models import Course
from courses.desk.my_data_jobs import ask_for_copy
from lms.jobs.sweeper import run_waiting
from lms.joining.campaigns import make_campaign
from lms.joining.links import make_link
from lms.members.consents import give_consent
from lms.members.models import Member
from lms.merging.services import merge_members
from lms.notifications.services import notify
from lms.organisation import access
from lms.organisation.access import Role
from lms.organisation.delegation import delegate
from lms.organisation.leaving import record_leaving
from lms.organisation.models import Unit
from lms.periods import Period, today
from lms.register.services import receive_file, request_apply
from lms.reorganisation.services import add_change, draft_reorganisation
from tests.factories import competences, courses, organisation

NORTH, SOUTH = "Kanarinord", "Kanarisør"
OFFICES = ("chair", "deputy", "secretary", "treasurer", "board_member")


@dataclass
class Side:
    """One of the two: its county, a branch under it, who keeps it, and everybody there."""

    canary: str
    county: Unit
    branch: Unit
    administrator: Member
    instructor: Member
    officer: Member
    people: list[Member] = field(default_factory=list)


def make_mirror() -> tuple[Side, Side]:
    """Both sides, with everything that has happened on each."""
    nation = organisation.make_unit("Landet", kind=Unit.Kind.NATIONAL)
    paper = courses.make_paper(3)
    page = courses.make_course_pages([[courses.text_block(), courses.quiz_block()]], paper=paper)
    course = courses.course_of(page)
    courses.make_rule(course, paper)
    competences.make_body_need("money.budget")
    return _make_side(NORTH, nation, course), _make_side(SOUTH, nation, course)


def _make_side(canary: str, nation: Unit, course: Course) -> Side:
    # The units bear other names than the people: what a unit is called is no secret.
    place = {NORTH: "Nordfjell", SOUTH: "Sørfjell"}[canary]
    county = organisation.make_unit(f"{place} fylkeslag", under=nation, kind=Unit.Kind.COUNTY)
    branch = organisation.make_unit(f"{place} kommunelag", under=county)

    def person(first: str, of: Unit, number: int) -> Member:
        mail = f"{first.lower()}@{canary.lower().replace('ø', 'o')}.example"
        return organisation.make_member(
            f"{first} {canary}", of=of, email=mail, member_number=f"{canary}-{number}", birth_year=1990 - number
        )

    names = ("Anne", "Berit", "Cato", "Dina", "Erik", "Frida", "Geir", "Hanne")
    people = [person(name, branch if i % 2 else county, i) for i, name in enumerate(names)]
    administrator, instructor, officer, *others = people
    organisation.make_appointment(administrator, Role.ADMINISTRATOR, unit=county)
    organisation.make_appointment(instructor, Role.INSTRUCTOR, unit=county)
    body = organisation.make_body(county)
    for office, member in zip(OFFICES, [officer, *others], strict=False):
        body.terms.create(
            member=member, office=organisation.make_office(office), election="Årsmøtet",
            valid_from=organisation.LONG_AGO, valid_until=organisation.LATER,
        )  # fmt: skip
    former = organisation.make_member(
        f"Ida {canary}", of=branch, since=Period(organisation.LONG_AGO, organisation.DAY), member_number=f"{canary}-f"
    )
    for member in others:
        courses.finish(course, member)
        courses.make_credential(member)
        competences.make_evidence(member, level=2)
        give_consent(member=member, purpose="competence_search")
    return Side(canary, county, branch, administrator, instructor, officer, [*people, former])


def live(side: Side) -> None:
    """What happens in a county in a year, each act by its own administrator."""
    by, county, branch = side.administrator, side.county, side.branch
    _bring_a_file(side, f"{side.canary}-9;Nils {side.canary};{branch.name}\n")
    _bring_a_file(side, f"{side.canary}-9;Nils {side.canary};Ukjent lag {side.canary}\n")
    make_link(unit=branch, by=by)
    day = Period(today(), today() + dt.timedelta(days=1))
    campaign = make_campaign(name="Vervedag", unit=county, period=day, by=by)
    make_link(unit=county, by=by, campaign=campaign)
    twin = organisation.make_member(side.officer.name, of=branch, status="sympathiser")
    organisation.make_member(side.people[4].name, of=branch, status="sympathiser", email=side.people[4].email)
    merge_members(kept=side.officer, absorbed=twin, reason="Samme person", by=by)
    delegate(member=side.people[5], right=access.Right.SEE_PEOPLE, unit=county, period=day, by=by)
    change = draft_reorganisation(name="Nytt navn", on=today(), by=by)
    add_change(reorganisation=change, kind="rename", units=[branch], target=None, name="Nytt lag", by=by)
    record_leaving(member_ids=[side.people[7].pk], on=today(), by=by)
    ask_for_copy(member=side.officer, by=side.officer)
    notify(members=[side.officer], kind="certificate_ready", key=side.canary)
    run_waiting()


def _bring_a_file(side: Side, row: str) -> None:
    """A file of the register: looked over, and applied where nothing is wrong with it."""
    file = io.BytesIO(f"Medlemsnr;Navn;Lag\n{row}".encode())
    brought = receive_file(file=file, name="medlemmer.csv", is_whole=False, by=side.administrator)
    run_waiting()
    brought.refresh_from_db()
    if not brought.problems.exists():
        request_apply(register_import=brought, by=side.administrator)
        run_waiting()


# ---- walking -----------------------------------------------------------------------

LINK = re.compile(rb'(?:href|action|src|data-url|hx-get)="(/[^"#]*)')
NOT_FOLLOWED = ("/accounts/logout", "/static/", "/language/", "/filer/")


@dataclass(frozen=True)
class Seen:
    """What one address answered, unpacked to text."""

    url: str
    status: int
    text: str


def walk(client: Client, starts: list[str], *, at_most: int) -> Iterator[Seen]:
    """Every page one can come to by links from ``starts``, and what each says."""
    waiting, known = list(starts), set(starts)
    while waiting and at_most:
        url, at_most = waiting.pop(0), at_most - 1
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        yield Seen(url, answer.status_code, text_of(body, answer.headers.get("Content-Type", "")))
        target = answer.headers.get("Location", "")
        found = [m.decode().replace("&amp;", "&") for m in LINK.findall(body)] + ([target] if target else [])
        new = [u for u in dict.fromkeys(found) if u not in known and u.startswith("/") and not _is_left(u)]
        known.update(new)
        waiting.extend(new)


def _is_left(url: str) -> bool:
    return url.startswith(NOT_FOLLOWED)


def text_of(body: bytes, kind: str) -> str:
    """The words of an answer: pages and text as they are, files opened."""
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as files:
            return "\n".join(name + text_of(files.read(name), "") for name in files.namelist())
    return body.decode("utf-8", "replace")
