"""What recordings add to the editor: their own pages, and a watch at the door of wagtailmedia's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtailmedia import admin_urls

from media.recordings import views

WATCHED: dict[str, Callable[[Any], Callable[..., HttpResponse]]] = {
    "add": views.refused_unread,
    "edit": views.refused_unread,
    "chooser_upload": views.refused_unread,
    "delete": views.kept_while_used,
}


def _watch() -> None:
    """Put our watch before wagtailmedia's own views; their addresses and names stay as they are."""
    for pattern in admin_urls.urlpatterns:
        watch = WATCHED.get(pattern.name or "")
        if watch is not None and not getattr(pattern.callback, "is_watched", False):
            pattern.callback = watch(pattern.callback)
            pattern.callback.is_watched = True


_watch()


@hooks.register("register_admin_urls")
def recording_urls() -> list[URLPattern]:
    """The pages of a recording that wagtailmedia does not have."""
    return [
        path("media/<int:media_id>/words/", views.words, name="recording_words"),
        path("media/<int:media_id>/words/<int:track_id>/remove/", views.remove_words, name="remove_recording_words"),
        path("media/<int:media_id>/again/", views.try_again, name="recording_again"),
    ]
