"""Letters about an account that are written outside the request.

Whoever asks for a link is answered before anything is looked up or sent, so that the time it
takes says nothing of whether the address is known. The room of jobs stands above this one:
who carries the wish there registers itself here when the house starts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lms.members.models import Member

Carrier = Callable[[str, int | None], None]
LINK = "account/email/password_reset_key"
_carriers: list[Carrier] = []


def register_carrier(carrier: Carrier) -> None:
    """Say who has ``write`` called later, with the name of a letter and the id of a member or None."""
    _carriers[:] = [carrier]


def ask_for(letter: str, *, member: Member | None) -> None:
    """Ask for a letter to be written. To None, an unknown address, it is the same work and nothing is sent."""
    for carry in _carriers:
        carry(letter, member.pk if member else None)


def link_for(member: Member) -> str:
    """A link that sets a password once, and lets its bearer in."""
    key = default_token_generator.make_token(member)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(member), "key": key})
    return urljoin(settings.TILLIT_BASE_URL, path)


def write(letter: str, *, member_id: int | None) -> int:
    """Send a letter to the address one signs in with. Returns how many were sent: one, or none.

    ``letter`` names its templates: ``…_subject.txt``, ``…_message.txt`` and perhaps ``…_message.html``.
    """
    address = EmailAddress.objects.filter(user=member_id, user__is_active=True, verified=True)
    found = address.order_by("-primary", "pk").select_related("user").first() if member_id else None
    if found is None:
        return 0
    with translation.override(found.user.language):
        said: dict[str, object] = {"user": found.user}
        if letter == LINK:
            said["password_reset_url"] = link_for(found.user)
        subject = render_to_string(f"{letter}_subject.txt", said).strip()
        mail = EmailMultiAlternatives(subject, render_to_string(f"{letter}_message.txt", said), to=[found.email])
        with suppress(TemplateDoesNotExist):
            mail.attach_alternative(render_to_string(f"{letter}_message.html", said), "text/html")
    return int(mail.send())
