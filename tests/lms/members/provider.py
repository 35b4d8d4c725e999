"""A small OpenID Connect provider that runs: what another house's sign-in says, signed."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "tillit", "hemmelig-for-prøven"
KEY, STRANGER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


@dataclass
class Provider:
    """Where it answers, what it says of the one who signs in, and what it was asked."""

    issuer: str
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "u-1"})
    token: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    asked: dict[str, str] = field(default_factory=dict)

    def signed(self) -> str:
        """The token of the one who signs in."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "sub": self.person["sub"],
            **self.token,
        }
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "k1"})

    def answer(self, path: str, sent: dict[str, str]) -> dict[str, Any] | None:
        """What it answers as JSON; None is no."""
        if path == "/.well-known/openid-configuration":
            places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            ends = {f"{name}_endpoint": f"{self.issuer}/{place}" for name, place in places.items()}
            return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **ends}
        if path == "/keys":
            shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**shown, "kid": "k1", "alg": "RS256"}]}
        if path == "/userinfo":
            return self.person
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).decode()
        fits = proof.rstrip("=") == self.asked.get("code_challenge") and sent.get("client_secret") == SECRET
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.signed()} if fits else None


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port of this machine, in a thread of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(where.query).items()}
            if where.path == "/authorize":
                provider.asked = query
                self.send_response(302)
                back = urlencode({"code": "c", "state": query["state"]})
                self.send_header("Location", f"{query['redirect_uri']}?{back}")
                self.end_headers()
            else:
                self._say(provider.answer(where.path, query))

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(provider.answer(self.path, {name: values[0] for name, values in sent.items()}))

        def _say(self, answer: dict[str, Any] | None) -> None:
            body = json.dumps(answer or {"error": "invalid_grant"}).encode()
            self.send_response(200 if answer else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
