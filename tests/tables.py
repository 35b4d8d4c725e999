"""The tables of examples in ``docs/algorithms/``, read by the tests so that page and code cannot drift apart."""

from __future__ import annotations

from pathlib import Path

ALGORITHMS = Path(__file__).resolve().parent.parent / "docs" / "algorithms"


def examples(page: str, heading: str) -> list[dict[str, str]]:
    """The rows of the first table under a heading of a page: column name → what the cell says, without backticks."""
    text = (ALGORITHMS / page).read_text(encoding="utf-8")
    below = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    names, _rule, *rows = [[cell.strip().replace("`", "") for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]


def shown(example: dict[str, str]) -> str:
    """The name pytest gives an example."""
    return " ".join(example.values())
