"""The seal: Ed25519 over the canonical payload. The only door to cryptography in this wing."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def canonical(payload: Mapping[str, Any]) -> bytes:
    """One byte string per payload: UTF-8 JSON, sorted keys, no spaces (in the manner of RFC 8785)."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def payload_hash(payload: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical payload, in hex."""
    return hashlib.sha256(canonical(payload)).hexdigest()


@cache
def _key(path: str) -> Ed25519PrivateKey:
    """The sealing key in a file; made on first use where an installation makes its own."""
    file = Path(path)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written whole beside it, then given its name; whoever comes second reads the first one's.
        with NamedTemporaryFile(dir=file.parent, prefix=".key-") as draft:
            draft.write(Ed25519PrivateKey.generate().private_bytes_raw())
            draft.flush()
            os.fsync(draft.fileno())
            with suppress(FileExistsError):
                os.link(draft.name, file)
    return Ed25519PrivateKey.from_private_bytes(file.read_bytes())


def key_id() -> str:
    """Which key seals now: the first 16 hex digits of the SHA-256 of the public key."""
    public = _key(str(settings.CERTIFICATE_KEY_FILE)).public_key()
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def seal(payload: Mapping[str, Any]) -> str:
    """Sign a payload; base64url without padding."""
    return _written(_key(str(settings.CERTIFICATE_KEY_FILE)).sign(canonical(payload)))


def _written(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


def is_genuine(payload: Mapping[str, Any], signature: str) -> bool:
    """Whether the seal is ours and the payload is the one that was sealed."""
    try:
        raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        if _written(raw) != signature:  # decoding is lenient: one seal has one spelling
            return False
        _key(str(settings.CERTIFICATE_KEY_FILE)).public_key().verify(raw, canonical(payload))
    except (InvalidSignature, ValueError):
        return False
    return True
