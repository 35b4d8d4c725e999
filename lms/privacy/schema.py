"""The form of a person's own copy, as a JSON Schema (draft 2020-12), drawn from the declarations.

It travels inside the ZIP, so that a copy can be read without us, in ten years too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from lms.privacy.declarations import Declaration, declared
from lms.privacy.gathering import exported_fields, kind_of
from lms.privacy.ways import is_own

FORMAT, VERSION = "tillit-own-data", 1
_TEXT = {"type": ["string", "null"]}
_FORMS: tuple[tuple[type[models.Field], dict[str, Any]], ...] = (
    (models.BooleanField, {"type": ["boolean", "null"]}),
    (models.IntegerField, {"type": ["integer", "null"]}),
    (models.FloatField, {"type": ["number", "null"]}),
    (models.JSONField, {}),
)


def schema() -> dict[str, Any]:
    """The schema of ``data.json``: one definition per kind of row, with what each field is for."""
    kinds = {kind_of(said.model): _row(said) for said in _exported()}
    part = {
        "type": "object",
        "required": ["kind", "purposes", "keep", "rows", "files"],
        "additionalProperties": False,
        "properties": {
            "kind": {"type": "string"},
            "purposes": {"type": "array", "items": {"type": "string"}},
            "keep": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": {"type": "object"}},
            "files": {"type": "array", "items": {"type": "string"}},
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}},
                "then": {"properties": {"rows": {"items": {"$ref": f"#/$defs/{kind}"}}}},
            }
            for kind in kinds
        ],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything an installation of Tillit holds of one person",
        "type": "object",
        "required": ["format", "version", "made_at", "person", "kinds"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "made_at": {"type": "string"},
            "person": {"type": "string"},
            "kinds": {"type": "array", "items": part},
        },
        "$defs": kinds,
    }


def _exported() -> Iterator[Declaration]:
    return (said for said in declared().values() if exported_fields(said))


def _row(said: Declaration) -> dict[str, Any]:
    names = exported_fields(said)
    fields = {name: _field(said, name) for name in names}
    if not is_own(said.model) and "public_id" not in fields:
        fields = {"what": {"type": "string", "description": "what the row is"}, **fields}
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _field(said: Declaration, name: str) -> dict[str, Any]:
    field = said.model._meta.get_field(name)
    form = _TEXT if field.is_relation else next((form for kind, form in _FORMS if isinstance(field, kind)), _TEXT)
    rule = said.personal.get(name)
    return {**form, "description": rule.purpose} if rule else dict(form)
