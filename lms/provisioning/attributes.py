"""What a SCIM client says of a person, read into the fields of the register. Pure.

``userName`` is the member number. The unit is the ``department`` of the enterprise extension,
by number or full name. Whatever else a client sends is dropped before anything is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.register.columns import Field

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ACTIVE, EXTERNAL = "active", "externalid"
Changes = dict[str, Any]
"""Field of the register, ``active`` or ``externalid`` → what is said of it; "" is said to be blank."""

_PLACES: dict[str, str] = {
    "username": Field.NUMBER,
    "externalid": EXTERNAL,
    "displayname": Field.NAME,
    "name.formatted": Field.NAME,
    "name.givenname": Field.FIRST,
    "name.familyname": Field.LAST,
    "emails": Field.EMAIL,
    "emails.value": Field.EMAIL,
    "preferredlanguage": Field.LANGUAGE,
    f"{ENTERPRISE.lower()}:department": Field.UNIT,
    "active": ACTIVE,
}


class Refused(ValueError):
    """What was sent cannot be read; ``kind`` is SCIM's word for it."""

    def __init__(self, said: str, kind: str = "invalidValue") -> None:
        super().__init__(said)
        self.kind = kind


def read_document(document: Mapping[str, Any]) -> Changes:
    """Everything a whole resource says."""
    return _settled(dict(_places(document)))


def read_operations(operations: Sequence[Mapping[str, Any]]) -> Changes:
    """Everything the operations of a PATCH say, the later ones last. Raises Refused for what is none."""
    said: Changes = {}
    for operation in operations:
        if not isinstance(operation, Mapping):
            raise Refused("an operation must be an object", "invalidSyntax")
        act, path, value = str(operation.get("op", "")).lower(), operation.get("path"), operation.get("value")
        if act not in ("add", "replace", "remove"):
            raise Refused("op must be add, replace or remove", "invalidSyntax")
        if act == "remove" and not path:
            raise Refused("remove needs a path", "noTarget")
        if not path and not isinstance(value, Mapping):
            raise Refused("an operation without a path needs an object", "invalidValue")
        found = dict(_places({str(path): value} if path else value))
        said |= dict.fromkeys(found, "") if act == "remove" else found
    return _settled(said)


def _places(value: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """(field, what is said) for everything we know among what was sent."""
    for key, inner in value.items():
        plain = re.sub(r"\[[^]]*\]", "", f"{above}{key}").lower()
        if plain in _PLACES:
            yield _PLACES[plain], _email_of(inner) if _PLACES[plain] == Field.EMAIL else inner
        elif isinstance(inner, Mapping):
            yield from _places(inner, f"{key}:" if key.lower() == ENTERPRISE.lower() else f"{key}.")


def _email_of(value: Any) -> Any:
    """The one address kept, of a list: the primary one, else the first."""
    if not isinstance(value, list):
        return value
    entries = [one for one in value if isinstance(one, Mapping)]
    chosen = next((one for one in entries if _truth(one.get("primary"))), entries[0] if entries else {})
    return chosen.get("value", "")


def _settled(said: Changes) -> Changes:
    """Truth read as truth, the rest as text. A name in halves needs both, unless the whole is given too."""
    if said.get(ACTIVE) not in (None, "", True, False) and str(said[ACTIVE]).lower() not in ("true", "false"):
        raise Refused("active must be true or false")
    read = {key: value if key == ACTIVE else _text(key, value) for key, value in said.items()}
    if ACTIVE in read:
        read[ACTIVE] = _truth(read[ACTIVE])
    first, last = read.pop(Field.FIRST, None), read.pop(Field.LAST, None)
    if Field.NAME not in read and (first is not None or last is not None):
        if first is None or last is None:
            raise Refused("send both name.givenName and name.familyName, or name.formatted", "mutability")
        read[Field.NAME] = f"{first} {last}".strip()
    return read


def _truth(value: Any) -> bool:
    return str(value).lower() == "true"


def _text(key: str, value: Any) -> str:
    if isinstance(value, (Mapping, list)):
        raise Refused(f"{key} must be a text")
    return "" if value is None else str(value)
