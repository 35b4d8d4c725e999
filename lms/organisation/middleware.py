"""Who is let in before any view is asked: two factors for rights over others; the CMS for those who write today."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from lms.members.assurance import Assured, assured
from lms.members.models import Member
from lms.organisation import access, doors, editing
from lms.organisation.assurance import must_have_factor

ADMIN = "/admin/"
SIGN_IN = f"{ADMIN}login/"
Handler = Callable[[HttpRequest], HttpResponse]


ALWAYS = frozenset({"account_logout", "choose_language", "healthz"})
CONFIRMING = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""Open to somebody who has a second factor and has not used it in this session."""
SETTING_UP = ALWAYS | {
    "second_factor", "mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate", "confirm_by_mail",
    "sign_in_again",
}  # fmt: skip
"""Open to somebody who has none yet."""


class RightsReadOnce:
    """While a page is shown, a person's rights are read once. What changes something asks anew each time."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with access.read_once():
            return self.get_response(request)


class SecondFactor:
    """Whoever has rights over others reaches nothing with the first factor only.

    Asked at every request, so that a right that begins asks at once. Where there is a factor,
    it is asked for; where there is none, the only way leads to setting one up.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.TILLIT_REQUIRE_SECOND_FACTOR and settings.SESSION_COOKIE_NAME in request.COOKIES:
            person = request.user
            if isinstance(person, Member) and must_have_factor(person):
                stands = assured(request, person)
                if stands is Assured.NOT_USED and not _is_one_of(CONFIRMING, request):
                    back = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
                    return redirect(f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode({'next': back})}")
                if stands is Assured.NOT_SET_UP and not _is_one_of(SETTING_UP, request):
                    return redirect("second_factor")
        return self.get_response(request)


def _is_one_of(names: frozenset[str], request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in names
    except Resolver404:
        return False


class EditorsOnly:
    """Ask ``access`` at every request to the CMS, so that an ended appointment is out at once.

    Strangers are sent to sign in; members without the right, and addresses that are not of
    the work, get a 404: they do not exist. Wagtail's own groups are only a projection: one
    that lags (an appointment began or ended overnight) is brought in line here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ADMIN) and request.path_info != SIGN_IN:
            person = request.user
            if not isinstance(person, Member):
                return redirect_to_login(request.get_full_path(), settings.WAGTAILADMIN_LOGIN_URL)
            self._let_in(request, person)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a rule refuses below the CMS's own forms is said in words there, not as a fault of the house."""
        if not (request.path_info.startswith(ADMIN) and isinstance(exception, ValidationError)):
            return None
        for said in exception.messages:
            messages.error(request, said)
        return redirect("wagtailadmin_home")

    def _let_in(self, request: HttpRequest, person: Member) -> None:
        """Raise Http404 unless the address is open to the person today; else see that Wagtail knows them."""
        held = access.grants(person)
        rights = access.rights_of(held)
        try:
            found = resolve(request.path_info)
        except Resolver404:
            raise Http404 from None
        if not doors.is_open(found.view_name, found.kwargs, rights):
            raise Http404
        editing.keep_groups(person, held)
        # The profile's language is for letters; on screen the CMS follows what the reader has chosen.
        person.wagtail_userprofile.preferred_language = get_language()  # type: ignore[attr-defined]
