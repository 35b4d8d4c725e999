"""The number of a certificate: 128 random bits in Crockford's base32. Pure.

26 characters without I, L, O and U, so that a number read aloud or typed from paper is not
mistaken (Crockford, "Base 32"). 128 bits cannot be guessed: with a million certificates and
1,000 guesses a second the first hit is expected after some 10^22 years.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", "-–—_. \u00a0\u202f")


def new_number() -> str:
    """A fresh number: 128 random bits, so the first of the 26 characters is 0 to 7."""
    bits = secrets.randbits(128)
    return "".join(ALPHABET[bits >> (5 * place) & 31] for place in reversed(range(LENGTH)))


def read_number(text: str) -> str | None:
    """The number a person typed or a code held, or None when it cannot be one.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.

    >>> read_number("7zzz-zzzz zzzz-zzzz-zzzz-zzzz-zo") == "7" + "Z" * 24 + "0"
    True
    """
    cleaned = text.upper().translate(_SEPARATORS).translate(_LOOKALIKES)
    good = len(cleaned) == LENGTH and cleaned[0] in "01234567" and all(c in ALPHABET for c in cleaned)
    return cleaned if good else None


def digest_of(number: str) -> str:
    """SHA-256 of a number, in hex: 128 random bits cannot be found again from it."""
    return hashlib.sha256(number.encode("ascii")).hexdigest()
