"""The house as its files and models stand: what the architecture tests walk through."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
WINGS = ("lms", "media", "assessments", "certificates", "courses")


@cache
def modules() -> dict[str, Path]:
    """Our own modules by dotted name, migrations left out."""
    files = (file for wing in WINGS for file in sorted((ROOT / wing).rglob("*.py")) if "migrations" not in file.parts)
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


@cache
def tree(file: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function and method of ours, with the module it stands in."""
    for name, file in modules().items():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name, node


def imported(file: Path) -> set[str]:
    """Dotted names of everything a file imports, late imports and those for types included."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def templates() -> list[Path]:
    """Every template of ours."""
    return [file for wing in WINGS for file in sorted((ROOT / wing).rglob("templates/**/*")) if file.is_file()]


def our_models() -> list[type[models.Model]]:
    """Every model of ours."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in WINGS]


@cache
def tiers() -> dict[str, int]:
    """How high each room stands in its wing, as the import contracts in pyproject.toml say: 0 is the floor."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    heights: dict[str, int] = {}
    for contract in contracts:
        for wing in contract.get("containers", ()):
            for height, layer in enumerate(reversed(contract["layers"])):
                for room in layer.split(":"):
                    heights[f"{wing}.{room.strip(' ()')}"] = height
    return heights


def may_point_at(above: str, below: str) -> bool:
    """Whether a model in module ``above`` may hold a key to one in module ``below``."""
    room, other = (".".join(name.split(".")[:2]) for name in (above, below))
    wing, other_wing = room.split(".")[0], other.split(".")[0]
    if wing == other_wing:
        return room == other or wing == "certificates" or tiers()[room] >= tiers()[other]
    return wing == "courses" or other_wing == "lms"
