"""Faces: what a page shows, registered by the room that may ask everything below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Face = Callable[[Any, HttpRequest], dict[str, Any] | HttpResponse]
"""(page, request) → what the template is given, or another answer altogether."""

_faces: dict[type, Face] = {}


def register_face(page_class: type) -> Callable[[Face], Face]:
    """Decorator: this function prepares what pages of a class show."""

    def register(face: Face) -> Face:
        _faces[page_class] = face
        return face

    return register


def face_of(page_class: type) -> Face:
    """The face of a class of pages; a page without one shows its own fields."""
    return _faces.get(page_class, lambda page, request: {})
