"""Doors that an organisation may open to its other systems: single sign-on, and provisioning. Shut unless named."""

from __future__ import annotations

import hashlib
import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SINGLE = ("TILLIT_OIDC_NAME", "TILLIT_OIDC_ISSUER", "TILLIT_OIDC_CLIENT_ID", "TILLIT_OIDC_CLIENT_SECRET")
LEAST_TOKEN = 32


def single_sign_on() -> tuple[str, str, dict[str, Any]]:
    """The name on the button, the claim with the member number, and the provider as django-allauth wants it.

    All of ``SINGLE`` or none: raises ImproperlyConfigured, naming what is missing, when some are
    set; and for an issuer that is not spoken to over TLS, unless it is on this machine.
    """
    said = {name: os.environ.get(name, "").strip() for name in SINGLE}
    if not any(said.values()):
        return "", "", {}
    missing = [name for name, value in said.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"{', '.join(missing)} is not set: single sign-on needs all of {', '.join(SINGLE)}.")
    name, issuer, client, secret = said.values()
    where = urlsplit(issuer)
    if where.scheme != "https" and where.hostname not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured("TILLIT_OIDC_ISSUER must begin with https://.")
    app = {
        "provider_id": "single",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/")},
    }
    claim = os.environ.get("TILLIT_OIDC_MEMBER_NUMBER_CLAIM", "").strip()
    return name, claim, {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def provisioning_token() -> str:
    """The hash of TILLIT_SCIM_TOKEN, or '' when provisioning is not wanted. The token itself is not kept."""
    token = os.environ.get("TILLIT_SCIM_TOKEN", "").strip()
    if token and len(token) < LEAST_TOKEN:
        raise ImproperlyConfigured(f"TILLIT_SCIM_TOKEN is too short: use at least {LEAST_TOKEN} random characters.")
    return hashlib.sha256(token.encode()).hexdigest() if token else ""
