"""Views that belong to no page: language, health, errors."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import page_not_found

from lms.pages.health import checks
from lms.pages.middleware import chosen_language


def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language the reader asked for, in a cookie, and go back to where they were."""
    language, back = request.GET.get("language", ""), request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(_translated(back, language))
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def _translated(path: str, language: str) -> str:
    """The same content in another language where it exists; else the same address."""
    from wagtail.models import Page, Site

    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    prefix = path.split("/", 2)[1] if path.startswith("/") else ""
    inner = path.split("/", 2)[2] if prefix in ("nn", "en") else path.lstrip("/")
    if site is None:
        return path
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).select_related("locale")
    home = next((p for p in homes if p.locale.language_code == (prefix if prefix in ("nn", "en") else "nb")), None)
    page = Page.objects.filter(url_path=f"{home.url_path}{inner.split('?')[0]}").first() if home else None
    twin = page.get_translations().filter(locale__language_code=language, live=True).first() if page else None
    if page is not None and page.locale.language_code == language:
        return path
    return twin.url if twin is not None and twin.url else path


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the house stands, 503 with what does not. No query is cached away: each part is tried."""
    found = checks(connection=connection, storage=default_storage, cache=cache)
    return JsonResponse(found, status=200 if found["status"] == "ok" else 503, headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address without a page has no language of its own: the answer is in the one the reader has chosen."""
    if request.path_info.split("/", 2)[1] not in ("nn", "en"):
        translation.activate(chosen_language(request))
    return page_not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: say so and how to go on."""
    return render(request, "403_csrf.html", status=403)
