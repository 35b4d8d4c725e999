"""Templates show, they do not decide; and a strict content policy lets nothing inline through."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.house import ROOT, templates

TAG = re.compile(r"\{[%{#].*?[%}#]\}", re.S)
INLINE = re.compile(r"""<[a-z][^>]*\s(style|on[a-z]+)\s*=|<script(?![^>]*\ssrc=)(?![^>]*type="application/)""", re.I)


def pages() -> list[Path]:
    """Templates of pages; mails are left out, since mail programs know no style sheets."""
    mails = {"mail", "email"}
    return [f for f in templates() if f.suffix == ".html" and not mails & {f.stem, *f.parts}]


def markup(file: Path) -> str:
    """What a template writes itself, without Django's tags."""
    return TAG.sub("", file.read_text(encoding="utf-8"))


def test_no_template_is_longer_than_80_lines() -> None:
    assert [str(f.relative_to(ROOT)) for f in templates() if len(f.read_text(encoding="utf-8").splitlines()) > 80] == []


def test_no_template_holds_style_or_script() -> None:
    assert [str(f.relative_to(ROOT)) for f in pages() if INLINE.search(markup(f))] == []


def test_no_template_asks_the_database() -> None:
    asks = re.compile(r"\.(objects|filter|exclude|all|count|exists|order_by)\b(?!_)")
    asking = [
        f"{file.name}: {tag}"
        for file in templates()
        for tag in TAG.findall(file.read_text(encoding="utf-8"))
        if asks.search(tag)
    ]
    assert asking == []
