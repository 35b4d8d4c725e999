"""Serving pages: Wagtail's way, with the way through the page tree remembered.

Wagtail finds a page by one query per step of its address. Addresses change when an editor
publishes, moves or renames a page, not between two readers, so the answer is kept; the page
itself is read from the database at every request.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail.url_routing import RouteResult
from wagtail.views import serve as serve_by_wagtail

KEPT_SECONDS = 24 * 3600
VERSION_KEY = "routes-version"
LONGEST_KEPT = 200


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at an address, by the remembered way when there is one."""
    key = f"route:{cache.get(VERSION_KEY, 0)}:{request.get_host()}:{get_language()}:{path}"
    page = _remembered(cache.get(key)) if len(key) <= LONGEST_KEPT else None
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page, [], {})  # type: ignore[attr-defined]
        return page.serve(request)
    response = serve_by_wagtail(request, path)
    found = getattr(request, "_wagtail_route_for_request", None)
    if found is not None and len(key) <= LONGEST_KEPT and not found[1] and not found[2]:
        _remember(key, found[0])
    return response


def _remember(key: str, page: Page) -> None:
    """Keep the way to a page, unless somebody has restricted who may see it: Wagtail decides that each time."""
    if not page.get_view_restrictions().exists():
        cache.set(key, (page._meta.label, page.pk), KEPT_SECONDS)


def _remembered(kept: tuple[str, int] | None) -> Any:
    """The live page a way leads to, with what it is always shown with, or None. One query."""
    if kept is None:
        return None
    model: Any = apps.get_model(kept[0])
    shown_with = ("locale", *getattr(model, "shown_with", ()))
    return model.objects.live().filter(pk=kept[1]).select_related(*shown_with).first()


@receiver([page_published, page_unpublished, post_page_move, page_slug_changed], dispatch_uid="forget_routes_pages")
@receiver(post_delete, sender=Page, dispatch_uid="forget_routes_delete")
@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="forget_routes_restrictions")
@receiver([post_save, post_delete], sender=Site, dispatch_uid="forget_routes_sites")
def forget_routes(sender: Any, **kwargs: Any) -> None:
    """Something about addresses changed: every remembered way is forgotten at once."""
    try:
        cache.incr(VERSION_KEY)
    except ValueError:
        cache.set(VERSION_KEY, 1, None)
