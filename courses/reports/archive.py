"""Many certificates as one ZIP, sent while it is drawn: one sheet in memory at a time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator

from certificates.models import Credential
from certificates.sheets import certificate_pdf


class _Pipe:
    """A file that only takes: what is written waits until it is sent on."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.sent = 0

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        self.sent += len(part)
        return len(part)

    def tell(self) -> int:
        return self.sent

    def flush(self) -> None:
        """Nothing to flush."""

    def taken(self) -> bytes:
        """What was written since last time."""
        parts, self.parts = self.parts, []
        return b"".join(parts)


def one_zip(credentials: Iterable[Credential]) -> Iterator[bytes]:
    """The bytes of a ZIP with one PDF per certificate, named by its holder and number."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for credential in credentials:
            archive.writestr(file_name(credential), certificate_pdf(credential))
            yield pipe.taken()
    yield pipe.taken()


def file_name(credential: Credential) -> str:
    """``Åse-Márjá Østby – 4KQM7R2D.pdf``: what a file system cannot hold is left out."""
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", credential.payload["name"])
    return f"{' '.join(name.split())[:80].strip('. ') or 'kursbevis'} – {credential.number[:8]}.pdf"
