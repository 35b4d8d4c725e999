"""Those who write: instructors and editors with what the CMS knows of them, and the forms they send."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from lms.members.models import Member
from lms.organisation.access import Role
from lms.organisation.models import Unit
from lms.organisation.services import project_groups
from tests.factories.organisation import make_appointment, make_member, make_unit

_number = count(1)


def make_writer(name: str = "Ivar", *, role: str = Role.INSTRUCTOR, unit: Unit | None = None, **kept: Any) -> Member:
    """Somebody appointed to write (or, as editor, to publish), with an address letters reach."""
    member = make_member(name, email=f"w{next(_number)}@example.org", **kept)
    make_appointment(member, role, unit=unit or make_unit(f"Lag {next(_number)}"))
    project_groups(member=member)
    return member


def make_editor(name: str = "Eva", **kept: Any) -> Member:
    """Somebody appointed to publish."""
    return make_writer(name, role=Role.EDITOR, **kept)


def signed_in(member: Member) -> Client:
    """A browser without a window, with the person signed in."""
    client = Client()
    client.force_login(member)
    return client


def lesson_form(title: str, *blocks: tuple[str, Any], action: str = "", **fields: Any) -> dict[str, Any]:
    """What the lesson's screen sends; ``action`` is the button ("action-submit", "action-publish" or none: save)."""
    told = {"title": title, "goal": "Du kan noe.", "minutes": "10", "body": streamfield(list(blocks))}
    return _sent(told, action, fields)


def module_form(title: str, *, action: str = "", **fields: Any) -> dict[str, Any]:
    """What the module's screen sends."""
    return _sent({"title": title, "intro": ""}, action, fields)


def _sent(told: dict[str, Any], action: str, fields: dict[str, Any]) -> dict[str, Any]:
    no_comments = {f"comments-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    data = nested_form_data({**told, **fields}) | no_comments | {"comments-MAX_NUM_FORMS": ""}
    return data | ({action: "1"} if action else {})


def text(words: str) -> tuple[str, str]:
    """A text block as its field sends it."""
    return "text", rich_text(f"<p>{words}</p>")


def quiz(*choices: tuple[str, bool], kind: str = "choices", stem: str = "Hva er rett?") -> tuple[str, Any]:
    """A block of one check question with these choices, as the fields send it."""
    rows: dict[str, Any] = {"count": str(len(choices))}
    for place, (words, right) in enumerate(choices):
        value = {"text": words, "feedback": "", **({"right": "on"} if right else {})}
        rows[str(place)] = {"deleted": "", "order": str(place), "type": "item", "id": "", "value": value}
    question = {"stem": stem, "feedback": "", "choices": rows}
    return "quiz", {"title": "Sjekk deg selv", "questions": streamfield([(kind, question)])}


def add_page(client: Client, kind: str, parent: Page, data: dict[str, Any]) -> Any:
    """Send the screen of a new page."""
    return client.post(reverse("wagtailadmin_pages:add", args=["courses", kind, parent.pk]), data)


def save_page(client: Client, page: Page, data: dict[str, Any]) -> Any:
    """Send the screen of an existing page."""
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
