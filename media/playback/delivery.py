"""Handing out one file: whole or in part, with its right type, kept by nobody on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from media.playback.ranges import Part, Unsatisfiable, part_asked

TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".mp3": "audio/mpeg",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
}
PIECE = 256 * 1024


def deliver(request: HttpRequest, path: Path) -> HttpResponseBase:
    """The file, or the part of it that was asked for.

    With ``TILLIT_SENDFILE`` set (production behind nginx: the address of an internal location that
    holds the uploads) only the permission is answered here, and the proxy sends the bytes.
    """
    handed_over = getattr(settings, "TILLIT_SENDFILE", "")
    size = path.stat().st_size
    response: HttpResponseBase
    if handed_over:
        response = HttpResponse()
        inner = path.relative_to(settings.MEDIA_ROOT).as_posix()
        response.headers["X-Accel-Redirect"] = f"{handed_over.rstrip('/')}/{quote(inner)}"
    else:
        response = _own(request, path, size)
    return guarded(response, TYPES[path.suffix])


def guarded(response: HttpResponseBase, kind: str) -> HttpResponseBase:
    """The headers every file of a recording has."""
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _own(request: HttpRequest, path: Path, size: int) -> HttpResponseBase:
    try:
        part = part_asked(request.headers.get("Range", ""), size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    whole = part or Part(0, size - 1)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    elif part is None:
        response = FileResponse(path.open("rb"))
    else:
        response = StreamingHttpResponse(_Pieces(path.open("rb"), part))
    response.headers["Content-Length"] = str(whole.length)
    response.headers["Accept-Ranges"] = "bytes"
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return response


class _Pieces:
    """A part of a file, piece by piece; closed with the response, also when nobody read it."""

    def __init__(self, file: IO[bytes], part: Part) -> None:
        self.file, self.part = file, part

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.part.first)
        left = self.part.length
        while left and (piece := self.file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """Django calls this when the response is over."""
        self.file.close()
