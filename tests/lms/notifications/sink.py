"""A mail server for tests: speaks SMTP on a socket of its own, keeps what it is given, fails when told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

Reply = Callable[[str, bytes], str | None]
"""(sender's word, what follows) → another answer than the usual; "" hangs up without one."""


class Sink:
    """``with Sink() as sink``: ``sink.port`` to send to, ``sink.mails`` what came."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.reply: Reply = lambda word, rest: None
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Sink:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> Any:
        sink = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 sink")
                while line := self.rfile.readline():
                    word, _, rest = line.strip().partition(b" ")
                    if not self.answer(word.decode().upper(), rest):
                        return

            def answer(self, word: str, rest: bytes) -> bool:
                other = sink.reply(word, rest)
                if other is not None:
                    return bool(other) and self.say(other)
                if word == "DATA":
                    self.say("354 go on")
                    return self.keep()
                return self.say("221 bye" if word == "QUIT" else "250 ok") and word != "QUIT"

            def keep(self) -> bool:
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
                other = sink.reply("END", b"")
                if other is None or other == "":
                    sink.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
                if other is None:
                    return self.say("250 kept")
                return bool(other) and self.say(other)

            def say(self, words: str) -> bool:
                self.wfile.write(f"{words}\r\n".encode())
                return True

        return Talk
