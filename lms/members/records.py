"""The rows an account is made of that are allauth's own, for rooms that move or read them: addresses and factors."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

__all__ = ["ONE_EACH", "Authenticator", "EmailAddress"]
ONE_EACH = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
"""Factors of which an account has one. They belong together: the codes stand in for the app."""
