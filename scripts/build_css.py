"""Build the one stylesheet: the parts in order, lightly minified. Standard library only.

The order is the cascade: Designsystemet lies in layers at the bottom, print comes last.

    python scripts/build_css.py          writes lms/pages/static/tillit/tillit.css
    python scripts/build_css.py --check  fails when the built file is not up to date or too large
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "lms" / "pages"
SOURCES, TARGET = PAGES / "styles", PAGES / "static" / "tillit" / "tillit.css"
BUDGET = 27 * 1024  # gzip, bytes

DESIGNSYSTEMET = (
    "button", "input", "field", "fieldset", "validation-message",
    "error-summary", "skip-link", "breadcrumbs", "pagination",
)  # fmt: skip
OURS = (
    "tokens", "colours", "base", "buttons", "shell", "cairn", "sheets", "progress", "forms",
    "lists", "front", "desk", "mine", "trail", "lesson", "question", "plan", "wheel", "issue",
    "check", "heat", "together", "states", "directory", "bodies", "joining",
    "register", "entrance", "signing", "reorganisation", "planning", "tracks", "ladder", "competences", "coverage",
    "print",
)  # fmt: skip

# Strings and url() are left alone; everything else may lose its white space.
KEEP = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\))""")


def minified(css: str) -> str:
    """The same rules without comments and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = KEEP.split(css)
    for i in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[i])
        part = re.sub(r" ?([{};,>]) ?", r"\1", part)
        part = re.sub(r"([{;][a-z-]+): ", r"\1:", part)
        parts[i] = part
    return "".join(parts).replace(";}", "}").strip()


def built() -> str:
    """The whole stylesheet as text."""
    vendor = SOURCES / "vendor" / "designsystemet"
    parts = ["@layer ds.base,ds.components;"]
    parts.append("@layer ds.base{" + minified((vendor / "base.css").read_text("utf-8")) + "}")
    components = "".join(minified((vendor / f"{name}.css").read_text("utf-8")) for name in DESIGNSYSTEMET)
    parts.append("@layer ds.components{" + components + "}")
    parts += [minified((SOURCES / f"{name}.css").read_text("utf-8")) for name in OURS]
    return "/* Parts: Designsystemet 1.22.0, MIT (vendor.json). */\n" + "\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or check it; the number is the exit status."""
    css = built()
    size = len(gzip.compress(css.encode("utf-8"), 9, mtime=0))
    if size > BUDGET:
        print(f"The stylesheet is {size} bytes gzip; the budget is {BUDGET}.")
        return 1
    if "--check" in arguments:
        if not TARGET.exists() or TARGET.read_text("utf-8") != css:
            print("tillit.css is not built from the parts. Run: python scripts/build_css.py")
            return 1
        return 0
    TARGET.write_text(css, "utf-8")
    print(f"{TARGET.relative_to(PAGES.parent.parent)}: {len(css.encode())} bytes, {size} gzip")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
