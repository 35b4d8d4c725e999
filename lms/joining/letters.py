"""Letters to those who came by themselves. What an address is to us, only its owner reads."""

from __future__ import annotations

from dataclasses import replace
from email.utils import formatdate
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lms.joining import addresses, signing_up
from lms.joining.invitations import door_of
from lms.joining.models import AddressCheck, SignUp
from lms.joining.openings import open_course
from lms.joining.people import shared_addresses, without_account
from lms.members.models import Member
from lms.members.queries import member_signing_in_with
from lms.notifications.letters import Letter


def letter_for(row: SignUp) -> tuple[Letter, bool]:
    """The letter to an address that signed up, and whether the sign-up stays open (the address is new here)."""
    with translation.override(row.language):
        blank = _blank(row.language)
        if member_signing_in_with(row.email):
            return _known(blank, row), False
        known = Member.objects.filter(email__iexact=row.email, is_active=True)
        if known.exists() and shared_addresses([row.email]):
            return _shared(blank), False
        if person := without_account(known).first():
            return _in_the_register(blank, person), False
        return _new(blank, row), True


def _blank(language: str) -> Letter:
    """What all of them share: a subject that says nothing, and why one gets it."""
    return Letter(
        language=language,
        subject=_("Go on from here"),
        heading="",
        greeting="",
        paragraphs=(),
        button="",
        address="",
        reason=_(
            "You get this because someone wrote this address on our page. If it was not you, you need do nothing."
        ),
        notices_address="",
    )


def _new(blank: Letter, row: SignUp) -> Letter:
    door = reverse("join_confirm", args=[signing_up.token_of(row.public_id)])
    return replace(
        blank,
        heading=_("Is this address yours?"),
        paragraphs=(
            _("Confirm it, and you can begin at once. You need no password to begin with."),
            _("The link works once, and for seven days. If you do nothing, the address is deleted then."),
        ),
        button=_("Confirm and begin"),
        address=_whole(door),
    )


def _known(blank: Letter, row: SignUp) -> Letter:
    course = open_course(row.course_key, row.language)
    onward = f"?{urlencode({'next': course.url})}" if course else ""
    return replace(
        blank,
        heading=_("You have an account here already"),
        paragraphs=(_("Sign in with this address, and everything is where you left it."),),
        button=_("Sign in"),
        address=_whole(reverse("account_login") + onward),
    )


def _in_the_register(blank: Letter, member: Member) -> Letter:
    return replace(
        blank,
        heading=_("We know this address already"),
        paragraphs=(_("You are in the register. Choose a password, and you are in. The link is yours alone."),),
        button=_("Open my account"),
        address=_whole(reverse("join_invited", args=[door_of(member)])),
    )


def _shared(blank: Letter) -> Letter:
    return replace(
        blank,
        heading=_("Several people here have this address"),
        paragraphs=(_("So each of you joins with a code of your own. Ask your branch for it, and write it here."),),
        button=_("I have a code"),
        address=_whole(reverse("join_by_code")),
    )


def letter_to_check(row: AddressCheck) -> Letter:
    """The letter to an address that somebody with a code gave."""
    with translation.override(row.member.language):
        shared = addresses.is_taken(row)
        what = (
            _("Someone else signs in with this address. You may get letters here too; you sign in with your number.")
            if shared
            else _("Confirm it, and letters come here. You may sign in with it, too.")
        )
        return replace(
            _blank(row.member.language),
            heading=_("Is this address yours?"),
            paragraphs=(what,),
            button=_("Yes, it is mine"),
            address=_whole(reverse("join_address", args=[addresses.token_of(row.public_id)])),
        )


def _whole(path: str) -> str:
    return urljoin(settings.TILLIT_BASE_URL, path)


def mail_with(letter: Letter, *, to: str, name: str) -> EmailMultiAlternatives:
    """The mail of a letter; ``name`` makes its Message-ID, so that a repeat can be known as one."""
    with translation.override(letter.language):
        text = render_to_string("joining/mail/letter.txt", {"letter": letter})
        html = render_to_string("joining/mail/letter.html", {"letter": letter})
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=text,
        to=[to],
        headers={
            "Message-ID": f"<joining.{name}@{urlsplit(settings.TILLIT_BASE_URL).hostname}>",
            "Date": formatdate(localtime=False),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail
