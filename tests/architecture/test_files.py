"""A file fits in the head."""

from __future__ import annotations

import ast

from tests.architecture.house import functions, modules, tree

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "data", "misc"}


def lengths() -> list[int]:
    return sorted(len(file.read_text(encoding="utf-8").splitlines()) for file in modules().values())


def test_no_module_is_longer_than_400_lines() -> None:
    long = [name for name, file in modules().items() if len(file.read_text(encoding="utf-8").splitlines()) > 400]
    assert long == []


def test_half_of_the_modules_are_under_120_lines_and_95_of_100_under_300() -> None:
    counted = lengths()
    assert counted[len(counted) // 2] < 120
    assert counted[int(len(counted) * 0.95)] < 300


def test_no_function_is_longer_than_40_lines() -> None:
    long = [f"{name}.{f.name}: {n}" for name, f in functions() if (n := (f.end_lineno or 0) - f.lineno + 1) > 40]
    assert long == []


def test_modules_are_named_for_what_they_hold() -> None:
    assert [name for name in modules() if FORBIDDEN & set(name.split("."))] == []


def test_every_module_with_code_says_what_it_is_for() -> None:
    silent = [
        name
        for name, file in modules().items()
        if tree(file).body and not ast.get_docstring(tree(file)) and file.name != "apps.py"
    ]
    assert silent == []
