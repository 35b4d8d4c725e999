"""Links and codes that open a door: how they are made, written, read and remembered. Pure.

A link's token is written out from a name with the house's own key, so that a letter that must
be sent again carries the same link, and the table holds a hash only. 192 bits.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ34679"
"""29 signs, none of which is read as another: no I, O, 0, 1, and no 2, 5, 8 beside Z, S, B."""
READ_AS = str.maketrans("258", "ZSB")
BODY = 11
"""Signs of a code that are random: 53 bits. The twelfth is the check sign."""


def _keyed(*parts: str) -> bytes:
    """A keyed hash of some words; the key is the house's own."""
    return hmac.new(settings.SECRET_KEY.encode(), "|".join(("joining", *parts)).encode(), hashlib.sha256).digest()


def token_for(purpose: str, *named: str) -> str:
    """The token of one thing: always the same for the same name, and not to be guessed."""
    return base64.urlsafe_b64encode(_keyed(purpose, *named)[:24]).decode()


def hash_of(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_of_address(member: str, email: str) -> str:
    """What the table keeps of the address a person's link was sent to; ``member`` is their public id."""
    return _keyed("address-hash", member, email.strip().lower()).hex()


def code_from(seed: str) -> str:
    """The code of a seed, as printed: ``ABCD-EFGH-JKLM``.

    >>> is_well_written(code_from("x"))
    True
    """
    number, signs = int.from_bytes(_keyed("code", seed), "big"), []
    for _ in range(BODY):
        number, rest = divmod(number, len(LETTERS))
        signs.append(rest)
    text = "".join(LETTERS[place] for place in [*signs, _check(signs)])
    return "-".join(text[start : start + 4] for start in (0, 4, 8))


def tidy(code: str) -> str:
    """A code as somebody typed it, brought to how it was made: case, spaces, hyphens, 2 for Z.

    >>> tidy(" abcd efgh-jk2m ")
    'ABCDEFGHJKZM'
    """
    return "".join(sign for sign in code.upper().translate(READ_AS) if sign.isalnum())


def is_well_written(code: str) -> bool:
    """Whether a code has the right length, signs and check sign. Says nothing of whether it exists."""
    text = tidy(code)
    if len(text) != BODY + 1 or not set(text) <= set(LETTERS):
        return False
    *body, last = (LETTERS.index(sign) for sign in text)
    return _check(body) == last


def _check(body: list[int]) -> int:
    """Every place has its own weight and 29 is a prime: one wrong sign, and any two changed about, are found."""
    return sum((place + 1) * value for place, value in enumerate(body)) % len(LETTERS)


def hash_of_code(member: str, code: str) -> str:
    """What the table keeps of a code; ``member`` is the person's public id."""
    return _keyed("code-hash", member, tidy(code)).hex()
