"""SCIM's filters, read into Django's. What is not named here cannot be searched by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from scim2_filter_parser.lexer import SCIMLexer
from scim2_filter_parser.parser import SCIMParser
from scim2_filter_parser.transpilers.django_q_object import Transpiler

LOOKUPS = {
    ("userName", None, None): "member_number",
    ("externalId", None, None): "member_number",
    ("emails", None, None): "email",
    ("emails", "value", None): "email",
    ("displayName", None, None): "name",
    ("active", None, None): "is_active",
}
LONGEST = 500


class NotUnderstood(ValueError):
    """The filter is none, or names something that cannot be searched by."""


class _Strict(Transpiler):
    """An attribute that is not known is refused; the library would leave the condition out."""

    def visit_AttrPath(self, node: Any) -> str:  # noqa: N802 - the library's name
        found: str | None = super().visit_AttrPath(node)
        if found is None:
            raise NotUnderstood(node.attr_name)
        return found


def read_filter(text: str) -> Q:
    """The filter as a condition on members. Raises NotUnderstood."""
    if len(text) > LONGEST:
        raise NotUnderstood("too long")
    try:
        condition = _Strict(LOOKUPS).transpile(SCIMParser().parse(SCIMLexer().tokenize(text)))
    except Exception as error:  # the parser fails in many ways, and none is a fault of the house
        raise NotUnderstood(type(error).__name__) from error
    if not isinstance(condition, Q):
        raise NotUnderstood("no condition")
    return _exact(condition)


def _exact(condition: Q) -> Q:
    """Member numbers are compared as they are, so that the index finds them."""
    children: list[Any] = [_exact(one) if isinstance(one, Q) else _pair(one) for one in condition.children]
    return Q.create(children, connector=condition.connector, negated=condition.negated)


def _pair(asked: Any) -> tuple[str, Any]:
    lookup, value = asked
    return ("member_number" if lookup == "member_number__iexact" else lookup, value)
