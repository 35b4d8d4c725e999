"""Signing in with the account one has elsewhere: the organisation's own OpenID Connect provider.

It opens the account of somebody who is known here already, and makes nobody. Known is who has
signed in that way before, whose confirmed address the provider has confirmed too, or whose
member number it tells. What one may do follows from terms and appointments, never from it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lms.members.models import Member

PROVIDER = "single"


class Verified(OpenIDConnectOAuth2Adapter):
    """Asks for the signature of every token, also of one that came straight from the provider."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        told: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return told


def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str) -> HttpResponse:
    """Its own page when the provider does not answer: the fault is not ours, and one can sign in another way."""
    if not settings.TILLIT_OIDC_NAME or provider_id != PROVIDER:
        raise Http404
    try:
        answer: HttpResponse = view.adapter_view(Verified(request, PROVIDER))(request)
    except OSError:  # requests' own errors are among these
        return render(request, "socialaccount/authentication_error.html", status=503)
    return answer


class Adapter(DefaultSocialAccountAdapter):
    """Finds the member, or says kindly that there is none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sociallogin.state["process"] = "login"  # nobody adds it to the account they happen to be signed in to
        told = _told(sociallogin)
        sociallogin.account.extra_data = {}  # who it is, is all that is kept
        if sociallogin.is_existing:
            return
        member = _known(told)
        if member is None:
            raise ImmediateHttpResponse(render(request, "account/not_known.html", status=403))
        sociallogin.connect(request, member)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Member:
        """Nobody is made of what the provider tells, so nothing is filled in."""
        empty: Member = sociallogin.user
        return empty

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


def _told(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the provider says of the person, in the signed token and when asked. Nothing if the two are not of one."""
    said = sociallogin.account.extra_data
    token, asked = said.get("id_token", {}), said.get("userinfo", {})
    return {**token, **asked} if len({one["sub"] for one in (token, asked) if one}) == 1 else {}


def _known(told: dict[str, Any]) -> Member | None:
    """The one member that the provider means, if there is exactly one."""
    number = told.get(settings.TILLIT_OIDC_MEMBER_NUMBER_CLAIM) if settings.TILLIT_OIDC_MEMBER_NUMBER_CLAIM else None
    if number:
        return Member.objects.filter(member_number=str(number), is_active=True).first()
    if told.get("email_verified") is not True:
        return None
    addresses = EmailAddress.objects.filter(email=str(told.get("email", "")).lower(), verified=True)
    found = addresses.filter(user__is_active=True).select_related("user").first()
    return found.user if found else None
