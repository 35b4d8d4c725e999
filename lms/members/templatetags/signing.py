"""What the sign-in page may offer."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag
def single_sign_on(following: str = "") -> dict[str, str]:
    """The organisation's own sign-in, when there is one: its name, and where it leads. Else nothing."""
    if not settings.TILLIT_OIDC_NAME:
        return {}
    query = f"?{urlencode({'next': following})}" if following else ""
    address = reverse("openid_connect_login", kwargs={"provider_id": "single"})
    return {"name": settings.TILLIT_OIDC_NAME, "url": f"{address}{query}"}
