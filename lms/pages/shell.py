"""What base.html shows around every page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.pages.menu import bell, current_of, entries_for
from lms.pages.models import OrganisationSettings


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu as shown."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Language:
    """One language the reader may choose."""

    code: str
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Who:
    """The one who is signed in, as the corner shows them."""

    name: str
    initials: str
    url: str


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """A sign-in of the demo."""

    email: str
    role: str | Promise


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around the page."""

    organisation: str
    menu: list[Item]
    person: Who | None
    languages: list[Language]
    home_url: str = "/"
    sign_in_url: str = ""
    sign_out_url: str = ""
    check_url: str = ""
    privacy_url: str = ""
    help_url: str = ""
    notices_url: str = ""
    notice_count: int = 0
    colour_scheme: str = "auto"
    theme_url: str = ""
    is_demo: bool = False
    demo_sign_ins: list[DemoSignIn] = field(default_factory=list)
    demo_password: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, built only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}


def build_shell(request: HttpRequest) -> Shell:
    """The frame of one request. No query beyond the signed-in person, who is at hand."""
    person = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    entries = entries_for(request) if person else []
    current = current_of(entries, request.path)
    menu = [Item(str(entry.label), entry.address, entry.icon, entry is current) for entry in entries]
    ring = bell()
    return Shell(
        organisation=OrganisationSettings.current().name,
        menu=menu,
        person=Who(person.name, person.initials, reverse("desk")) if person else None,
        languages=_languages(request),
        home_url=reverse("desk") if person else "/",
        sign_in_url="" if person else reverse("account_login"),
        sign_out_url=reverse("account_logout") if person else "",
        check_url=reverse("check_certificate"),
        notices_url=ring.address() if person and ring else "",
        notice_count=ring.unread(person) if person and ring else 0,
        is_demo=settings.TILLIT_DEMO,
        demo_sign_ins=DEMO_SIGN_INS if settings.TILLIT_DEMO else [],
        demo_password=DEMO_PASSWORD if settings.TILLIT_DEMO else "",
    )


def _languages(request: HttpRequest) -> list[Language]:
    """The languages, each with the address that chooses it and comes back here."""
    now = get_language()
    back = urlencode({"next": getattr(request, "comes_back_to", request.path)})
    choose = reverse("choose_language")
    return [
        Language(code, label, f"{choose}?{urlencode({'language': code})}&{back}", code == now)
        for code, label in settings.LANGUAGES
    ]


DEMO_PASSWORD = "tillit-demo"
DEMO_SIGN_INS = [
    DemoSignIn("styremedlem@example.org", _("Board member")),
    DemoSignIn("kursholder@example.org", _("Instructor")),
    DemoSignIn("administrator@example.org", _("Administrator")),
    DemoSignIn("redaktor@example.org", _("Editor")),
]
