"""Pages of signing in that django-allauth does not have."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from lms.members import mailed
from lms.members.assurance import Assured, assured
from lms.members.forms import MailedCodeForm
from lms.members.models import Member
from lms.members.queries import address_of
from lms.members.requests import SignedInRequest


@require_GET
@login_required
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Why a second factor is asked of you, and the two ways to set one up."""
    if assured(request, request.user) is not Assured.NOT_SET_UP:
        return redirect("mfa_index")
    return render(request, "account/second_factor.html", {"address": address_of(request.user)})


@require_GET
@login_required
def sign_in_again(request: SignedInRequest) -> HttpResponse:
    """For those who have nothing here to confirm with: sign out, and in again where they came from."""
    return render(request, "account/sign_in_again.html", {"next": request.GET.get("next", "")})


@method_decorator(login_required, name="dispatch")
class ConfirmByMail(BaseReauthenticateView):
    """A code is sent when one asks for it, and confirms when it is written here."""

    form_class = MailedCodeForm
    template_name = "account/confirm_by_mail.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST:
            mailed.send_code(request, cast("Member", request.user))
            return redirect(request.get_full_path())
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"address": address_of(self.request.user), "is_sent": mailed.is_waiting(self.request)}
        return {**super().get_context_data(**kwargs), **said}

    def form_valid(self, form: MailedCodeForm) -> HttpResponse:
        record_authentication(self.request, self.request.user, "mailed_code", reauthenticated=True)
        answer: HttpResponse = super().form_valid(form)
        return answer


confirm_by_mail = ConfirmByMail.as_view()
