"""Models and services say what they mean."""

from __future__ import annotations

import ast

from tests.architecture.house import modules, our_models, tree


def test_every_model_says_what_one_row_stands_for_and_whether_it_is_personal() -> None:
    silent = [model.__name__ for model in our_models() if "personal data" not in (model.__doc__ or "").lower()]
    assert silent == []


def test_every_public_service_says_what_it_does() -> None:
    silent = [
        f"{name}.{node.name}"
        for name, file in modules().items()
        if name.endswith(".services")
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        name
        for name, file in modules().items()
        if not name.startswith("lms.settings")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        if "DJANGO_SETTINGS_MODULE" not in file.read_text(encoding="utf-8").splitlines()[node.lineno - 1]
    ]
    assert readers == []
