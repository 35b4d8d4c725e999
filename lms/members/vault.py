"""Secrets that must be read again: the seeds of authenticator apps and of recovery codes.

They lie encrypted in the database, under a key that only the server has, so that a copy of
the database alone opens no account.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """The text as it may lie in the database."""
    return _box().encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    """The text again. Raises InvalidToken when it was encrypted under a key the server no longer has."""
    return _box().decrypt(kept.encode()).decode()


def _box() -> MultiFernet:
    """Today's key first; those that ``SECRET_KEY_FALLBACKS`` still knows can read."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.blake2b(secret.encode(), digest_size=32, person=b"tillit-factors").digest())
