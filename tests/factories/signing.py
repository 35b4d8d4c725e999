"""Second factors, made the way their owners make them."""

from __future__ import annotations

import json
import secrets
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from fido2.cose import CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from lms.members import vault
from lms.members.models import Member

LOGIN, DESK = "/accounts/login/", "/desk/"
SECOND = "/accounts/2fa/authenticate/"
PASSWORD = "et-langt-passord"


def make_app(member: Member) -> str:
    """An authenticator app and recovery codes; returns the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(member, secret)
    RecoveryCodes.activate(member).mark_as_viewed()
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def secret_of(member: Member) -> str:
    """The secret of a member's app."""
    return vault.decrypt(Authenticator.objects.get(user=member, type="totp").data["secret"])


def recovery_codes(member: Member) -> list[str]:
    """The recovery codes that are left."""
    return Authenticator.objects.get(user=member, type="recovery_codes").wrap().get_unused_codes()


def sign_in(client: Client, address: str, *, secret: str = "", password: str = PASSWORD) -> int:
    """Sign in by the form, with the app's code when there is one. Returns the status of the desk afterwards."""
    client.post(LOGIN, {"login": address, "password": password})
    if secret:
        client.post(SECOND, {"code": code_of(secret)})
    return client.get(DESK).status_code


def make_passkey(member: Member, name: str = "Telefonen") -> Authenticator:
    """A passkey as a device would have made it; nobody holds its other half."""
    key_id, point = secrets.token_bytes(16), b"\x01" * 32
    public = CoseKey.parse({1: 2, 3: -7, -1: 1, -2: point, -3: point})
    data = AttestedCredentialData.create(Aaguid(b"\0" * 16), key_id, public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AttestationObject.create("none", AuthenticatorData.create(b"\0" * 32, flags, 0, data), {})
    said = websafe_encode(json.dumps({"type": "webauthn.create", "challenge": "", "origin": ""}).encode())
    credential = {
        "id": websafe_encode(key_id), "rawId": websafe_encode(key_id), "type": "public-key",
        "response": {"clientDataJSON": said, "attestationObject": websafe_encode(bytes(made))},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }  # fmt: skip
    kept = {"name": name, "credential": credential}
    return Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data=kept)
