"""A light HTTP client for one signed-in person, so that the client leaves the machine to the servers.

One connection is kept open for as long as the server wants it.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from typing import NamedTuple, Protocol
from urllib.parse import urlencode

SECONDS = 60


class Unexpected(Exception):
    """An answer that is not what the walk is about; the message says which."""


class Answer(NamedTuple):
    """What a server answered. ``location``: where a redirect leads."""

    status: int
    location: str
    body: bytes


class Browsing(Protocol):
    """Whoever opens pages and sends forms: this client, or Django's own in the same process."""

    def get(self, path: str) -> Answer: ...

    def post(self, path: str, fields: Mapping[str, str]) -> Answer: ...


class Browser:
    """One person at one server. ``source``: the address of this machine the connection comes from."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None, *, source: str = "") -> None:
        self.port, self.source = port, source
        self.cookies = dict(cookies or {})
        self.connection: socket.socket | None = None
        self.waiting = b""

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._send(self._head("GET", path) + b"\r\n")

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        told = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        told += f"X-CSRFToken: {self.cookies.get('csrftoken', '')}\r\n\r\n"
        return self._send(self._head("POST", path) + told.encode() + body)

    def close(self) -> None:
        """End the connection."""
        if self.connection is not None:
            self.connection.close()
        self.connection, self.waiting = None, b""

    def _head(self, method: str, path: str) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept: text/html\r\n"
        return (head + (f"Cookie: {cookies}\r\n" if cookies else "")).encode()

    def _send(self, message: bytes) -> Answer:
        if self.connection is not None:  # the server may have ended it meanwhile
            with contextlib.suppress(OSError, EOFError):
                self.connection.sendall(message)
                return self._read()
            self.close()
        source = (self.source, 0) if self.source else None
        self.connection = socket.create_connection(("127.0.0.1", self.port), SECONDS, source)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(message)
        return self._read()

    def _read(self) -> Answer:
        while b"\r\n\r\n" not in self.waiting:
            self._more()
        head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        status, headers = int(first.split(" ", 2)[1]), {}
        for line in lines:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                self._keep(value.strip())
            headers[name.lower()] = value.strip()
        ends = headers.get("connection", "").lower() == "close"
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = self._chunks()
        else:
            body = self._body(headers.get("content-length", "" if ends and status not in (204, 304) else "0"))
        if ends:
            self.close()
        return Answer(status, headers.get("location", ""), body)

    def _body(self, length: str) -> bytes:
        with contextlib.suppress(EOFError):
            while not length or len(self.waiting) < int(length):
                self._more()
        wanted = int(length) if length else len(self.waiting)
        if len(self.waiting) < wanted:
            raise EOFError
        body, self.waiting = self.waiting[:wanted], self.waiting[wanted:]
        return body

    def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while not parts or parts[-1]:
            while b"\r\n" not in self.waiting:
                self._more()
            size, _, self.waiting = self.waiting.partition(b"\r\n")
            parts.append(self._body(str(int(size, 16) + 2))[:-2])
        return b"".join(parts)

    def _more(self) -> None:
        assert self.connection is not None
        part = self.connection.recv(262_144)
        if not part:
            raise EOFError
        self.waiting += part

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.split(";", 1)[0].partition("=")
        self.cookies[name] = value
