"""Bring the player's files into the house: ``python scripts/vendor_video_js.py`` (maintainers; needs npm).

Takes the core build of video.js: the browser plays HLS by itself where it can, and MP4 where
it cannot (docs/decisions/0020). The icon font is taken out of the style sheet into a file of
its own, because our content policy lets no font be written inside a style sheet. Writes the
entry of the lock, ``lms/pages/static/tillit/vendor.json``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "8.24.1"
PAGES = Path(__file__).resolve().parent.parent / "lms" / "pages"
TARGET = PAGES / "static" / "vendor" / f"video-js-{VERSION}"
LOCK = PAGES / "static" / "tillit" / "vendor.json"
FONT = re.compile(r"url\(data:application/font-woff;charset=utf-8;base64,([A-Za-z0-9+/=]+)\)")
MAP = re.compile(rb"\n?//[#@] sourceMappingURL=.*|/\*# sourceMappingURL=.*?\*/")
FILES = {
    "dist/alt/video.core.min.js": "video.core.min.js",
    "dist/video-js.min.css": "video-js.css",
    "dist/lang/nb.js": "lang/nb.js",
    "dist/lang/nn.js": "lang/nn.js",
    "LICENSE": "LICENSE",
}


def main() -> None:
    """Fetch the package with npm, take our files out of it, write the lock."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"video.js@{VERSION}"], cwd=folder, check=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            for source, name in FILES.items():
                file = package.extractfile(f"package/{source}")
                assert file is not None
                write(name, MAP.sub(b"", file.read()))
    take_out_font()
    lock()


def write(name: str, content: bytes) -> None:
    """One file of the player."""
    (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
    (TARGET / name).write_bytes(content)


def take_out_font() -> None:
    """The font in a file of its own."""
    sheet = (TARGET / "video-js.css").read_text("utf-8")
    found = FONT.search(sheet)
    assert found is not None
    write("videojs.woff", base64.b64decode(found.group(1)))
    write("video-js.css", FONT.sub("url(videojs.woff)", sheet).encode())


def lock() -> None:
    """What lies here, from where, under which licence."""
    paths = sorted(path for path in TARGET.rglob("*") if path.suffix in (".js", ".css", ".woff"))
    entry = {
        "name": "video.js",
        "version": VERSION,
        "licence": "Apache-2.0",
        "licence_file": f"../vendor/video-js-{VERSION}/LICENSE",
        "note": "Core build; its icon font in a file of its own; nb and nn. Made by scripts/vendor_video_js.py.",
        "files": {str(path.relative_to(PAGES)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
    }
    entries = [known for known in json.loads(LOCK.read_text("utf-8")) if known["name"] != entry["name"]]
    LOCK.write_text(json.dumps([*entries, entry], indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
