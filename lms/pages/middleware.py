"""Headers that keep pages safe, and the language a request is answered in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]

PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
EDITOR_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'self'"
)
"""Wagtail's editor has inline scripts of its own and shows previews in a frame of the same house."""
PREVIEW_POLICY = PAGE_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""A draft as its reader will see it: a page like any other, in the editor's frame."""


class SafeHeaders:
    """A policy on what a page may load, no guessing of types, and nothing signed in is kept by anyone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):  # Wagtail asks for the page itself, to show it in the editor
            response.headers["Content-Security-Policy"] = PREVIEW_POLICY
            return response
        is_editor = request.path.startswith("/admin/")
        response.headers.setdefault("Content-Security-Policy", EDITOR_POLICY if is_editor else PAGE_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if is_editor:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            response.headers.setdefault("X-Frame-Options", "DENY")
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class ChosenLanguage:
    """Which language a page is in: that of its address, else the one the reader has chosen, else bokmål.

    Content has a language of its own: ``/nn/…`` and ``/en/…`` are nynorsk and English, content
    without a prefix is bokmål. Everything else (desk, sign-in, certificate check) follows the
    reader's choice: the profile's, else the cookie's. A browser's Accept-Language is not a
    choice; most people have never set it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ["Cookie"])
        return response

    def _language(self, request: HttpRequest) -> str:
        prefix = request.path_info.split("/", 2)[1]
        if prefix in ("nn", "en"):
            return prefix
        translation.activate(settings.LANGUAGE_CODE)
        try:
            if resolve(request.path_info).url_name == "wagtail_serve":
                return settings.LANGUAGE_CODE
        except Resolver404:
            pass
        return chosen_language(request)


def chosen_language(request: HttpRequest) -> str:
    """What the reader has chosen: in the profile when signed in, else in the cookie, else bokmål."""
    known = dict(settings.LANGUAGES)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in known:
        return cookie
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return request.user.language if request.user.language in known else settings.LANGUAGE_CODE
    return settings.LANGUAGE_CODE
