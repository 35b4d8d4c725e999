"""The doors: by a personal link, by a code, by a link that was passed on, by oneself. Open to anybody.

Known and unknown meet the same screens; what an address is to us, only the letter says.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms.joining import limits
from lms.joining.addresses import ask_for_confirmation, check_with, confirm_address
from lms.joining.codes import account_by_code
from lms.joining.consent import SYMPATHISER
from lms.joining.forms import CodeForm, ConfirmForm, PasswordForm, SignUpForm
from lms.joining.invitations import accept_invitation, invitation_with
from lms.joining.links import link_with
from lms.joining.models import InviteLink
from lms.joining.openings import OpenCourse, open_course, open_courses, take_course
from lms.joining.signing_up import begin_sign_up, confirm_sign_up, sign_up_with
from lms.joining.units import units_to_choose, whole_organisation
from lms.members.accounts import let_in
from lms.members.models import Member
from lms.organisation.queries import Standing, standing_of
from lms.pages.models import OrganisationSettings

door = require_http_methods(["GET", "HEAD", "POST"])


def language_now() -> str:
    """The language the reader reads in."""
    return (get_language() or "nb")[:2]


def sent_form(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Taking part: the open courses, and for a sympathiser how to become a member."""
    person = request.user if isinstance(request.user, Member) else None
    shown = {
        "courses": open_courses(language_now()),
        "is_signed_in": person is not None,
        "may_become_member": person is not None and standing_of(person) != Standing.MEMBER,
        "register_url": OrganisationSettings.current().register_url,
    }
    return render(request, "joining/home.html", shown)


@never_cache
@door
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Open the account a personal link is for."""
    if limits.network_is_busy(request, "invitation"):
        return _busy(request)
    invitation = invitation_with(token)
    if invitation is None:
        return _shut(request)
    form = PasswordForm(sent_form(request), member=invitation.member)
    if request.method == "POST" and form.is_valid():
        member = accept_invitation(token=token, password=form.cleaned_data["password"])
        return let_in(request, member, to=reverse("desk")) if member else _shut(request)
    return _show(request, "joining/invited.html", form, person=invitation.member)


@never_cache
@door
def by_code(request: HttpRequest) -> HttpResponse:
    """Open an account with the member number and the code on the slip."""
    form = CodeForm(sent_form(request))
    if request.method != "POST":
        return _show(request, "joining/code.html", form)
    if limits.network_is_busy(request, "code"):
        return _busy(request)
    if form.is_valid():
        member = _by_code(form)
        if member is not None:
            told = _("From now on you sign in with your member number, %(number)s, and the password you chose.")
            messages.success(request, told % {"number": member.member_number})
            return let_in(request, member, to=reverse("desk"))
        form.add_error(
            None,
            _("The number and the code do not belong together, or the code is used up. Ask your branch for a new one."),
        )
    return _show(request, "joining/code.html", form)


def _by_code(form: CodeForm) -> Member | None:
    """The member whose account is open now. Ten tries an hour for one number, whoever makes them."""
    said = form.cleaned_data
    if not limits.may_try("code-number", said["number"], most=limits.CODE_TRIES, seconds=limits.HOUR):
        return None
    member = account_by_code(number=said["number"], code=said["code"], password=said["password"])
    if member is not None and said["email"]:
        ask_for_confirmation(member=member, email=said["email"])
    return member


@never_cache
@door
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that an address is one's own."""
    if limits.network_is_busy(request, "address"):
        return _busy(request)
    check = check_with(token)
    if check is None:
        return _shut(request)
    if request.method == "POST":
        confirm_address(token=token)
        messages.success(request, _("The address is confirmed."))
        return redirect("desk" if request.user.is_authenticated else "account_login")
    return render(request, "joining/address.html", {"email": check.email})


@door
def by_course(request: HttpRequest, course_key: str) -> HttpResponse:
    """Sign up for an open course without being a member."""
    course = open_course(f"course:{course_key}", language_now())
    return _sign_up(request, course, None) if course else _shut(request)


@door
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by a link somebody passed on."""
    link = link_with(token)
    if link is None:
        return _shut(request)
    return _sign_up(request, open_course(link.course_key, language_now()), link)


def _sign_up(request: HttpRequest, course: OpenCourse | None, link: InviteLink | None) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(course.url if course else "join")
    form = SignUpForm(sent_form(request), units=None if link else units_to_choose())
    if request.method == "POST":
        if limits.network_is_busy(request, "sign-up"):
            return _busy(request)
        unit = None
        if form.is_valid():
            unit = link.unit if link else form.cleaned_data["unit"] or whole_organisation()
        if unit is not None:
            begin_sign_up(
                email=form.cleaned_data["email"],
                language=language_now(),
                unit=unit,
                link=link,
                course_key=course.key if course else "",
            )
            return redirect("join_sent")
    return _show(request, "joining/sign_up.html", form, course=course, link=link, consent=SYMPATHISER.text)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """ "Look in your mailbox": the same for every address."""
    return render(request, "joining/sent.html")


@never_cache
@door
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address and begin. Opening the page changes nothing: mail programs open links, too."""
    if limits.network_is_busy(request, "confirm"):
        return _busy(request)
    row = sign_up_with(token)
    if row is None:
        return _shut(request)
    form = ConfirmForm(sent_form(request))
    if request.method == "POST" and form.is_valid():
        member = confirm_sign_up(token=token, **form.cleaned_data)
        if member is None:
            return _shut(request)
        if not form.cleaned_data["password"]:
            messages.info(
                request,
                _("You are in. To come back later, get a password with “Forgotten the password?” where you sign in."),
            )
        onward = take_course(member, row.course_key, row.language)
        return let_in(request, member, to=onward or reverse("desk"))
    return _show(request, "joining/confirm.html", form, email=row.email, unit=row.unit)


def _show(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    """A door with its form; 422 when something in it must be put right."""
    wrong = form.is_bound and not form.is_valid()
    return render(request, template, {"form": form, **more}, status=422 if wrong else 200)


def _shut(request: HttpRequest) -> HttpResponse:
    """A link that does not work: never made, used, taken back or too old. Nobody is told which."""
    return render(request, "joining/shut.html", status=404)


def _busy(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)
