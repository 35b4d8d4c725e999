"""Who may knock: the one system that has the token."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from lms.pages.limits import too_many

A_MINUTE, WRONG_A_MINUTE = 1200, 10


class TokenOnly:
    """Wraps each view: no token set, no such address; another token than ours, not let in; too often, not now."""

    def __init__(self, get_response: Callable[..., HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.TILLIT_SCIM_TOKEN_HASH:
            raise Http404
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        given = hashlib.sha256(token.strip().encode()).hexdigest()
        if kind.lower() != "bearer" or not constant_time_compare(given, settings.TILLIT_SCIM_TOKEN_HASH):
            if too_many(request, "scim-wrong", a_minute=WRONG_A_MINUTE):
                return HttpResponse(status=429, headers={"Retry-After": "60"})
            return HttpResponse(status=401, headers={"WWW-Authenticate": 'Bearer realm="SCIM"'})
        if too_many(request, "scim", a_minute=A_MINUTE):
            return HttpResponse(status=429, headers={"Retry-After": "60"})
        return self.get_response(request, *args, **kwargs)


def where(request: HttpRequest | None = None) -> str:
    """The address of this house, which resources tell."""
    return str(settings.TILLIT_BASE_URL)
