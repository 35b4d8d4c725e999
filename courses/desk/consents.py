"""What one has agreed to: every purpose with its text, given and taken back with one click each."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.members.consents import answers_of, give_consent, withdraw_consent
from lms.members.models import Member
from lms.members.requests import SignedInRequest

GIVE, WITHDRAW = "give", "withdraw"


@require_http_methods(["GET", "POST"])
@login_required
def my_consents(request: SignedInRequest) -> HttpResponse:
    """Every purpose, where the reader stands to it, and what they have answered before."""
    if request.method == "POST":
        return _answer(request)
    return render(request, "courses/desk/consents.html", {"answers": answers_of(request.user)})


def _answer(request: SignedInRequest) -> HttpResponse:
    answer, purpose = request.POST.get("answer"), request.POST.get("purpose", "")
    try:
        if answer == GIVE:
            give_consent(member=request.user, purpose=purpose)
            messages.success(request, _("Thank you. You can take it back here whenever you like."))
        elif answer == WITHDRAW:
            withdraw_consent(member=request.user, purpose=purpose)
            messages.success(request, _("Taken back. It holds from now on."))
        else:
            raise Http404
    except LookupError as unknown:
        raise Http404 from unknown
    if not Member.objects.filter(pk=request.user.pk, is_active=True).exists():
        logout(request)  # being here rested on the consent
        return redirect("left")
    return redirect("my_consents")
