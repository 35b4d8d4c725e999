"""Which column is what: headers recognised in Norwegian and English, and what somebody has said of the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Field(StrEnum):
    """What an import keeps of a person, and the two halves of a name."""

    NUMBER = "number"
    NAME = "name"
    FIRST = "first_name"
    LAST = "last_name"
    EMAIL = "email"
    UNIT = "unit"
    STATUS = "status"
    LANGUAGE = "language"
    BIRTH_YEAR = "birth_year"
    GENDER = "gender"
    POSTAL_CODE = "postal_code"


NAMES: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "medlemsnummer, medlemsnr, medlemnr, medlemsnummer nr, medlemsid, member number, member no, membernumber, "
        "membership number, membership no, memberid",
        "nummer, number, nr, no",
    ),
    Field.NAME: ("navn, namn, fullt navn, fullt namn, medlemsnavn, name, full name, fullname, member name",),
    Field.FIRST: ("fornavn, førenamn, fornamn, first name, firstname, given name, given names",),
    Field.LAST: ("etternavn, etternamn, last name, lastname, surname, family name",),
    Field.EMAIL: (
        "epost, epostadresse, e post, e postadresse, email, e mail, email address, e mail address, emailaddress, mail",
    ),
    Field.UNIT: (
        "enhetsnummer, enhetsnr, einingsnummer, lagsnummer, lagnummer, lagsnr, unit number, unit no, unit code, "
        "enhetskode, kommunenummer, kommunenr",
        "enhet, eining, enhetsnavn, lag, lagsnavn, unit, unit name, branch",
        "lokallag, partilag, local branch",
        "kommunelag, kommuneparti, kommune, municipal branch, municipality",
        "fylkeslag, fylkesparti, fylke, county branch, county",
    ),
    Field.STATUS: (
        "status, medlemsstatus, medlemstatus, medlemstype, member status, membership status, membership type",
    ),
    Field.LANGUAGE: ("språk, språkform, målform, language, lang",),
    Field.BIRTH_YEAR: ("fødselsår, fødeår, født år, birth year, birthyear, year of birth, born",),
    Field.GENDER: ("kjønn, gender, sex",),
    Field.POSTAL_CODE: ("postnummer, postnr, postal code, postalcode, post code, postcode, zip, zip code, zipcode",),
}
"""Field → its headers by rank: of several columns the first rank wins, so a branch goes before its county."""

_RANKED = {
    header.strip(): (rank, field)
    for field, ranks in NAMES.items()
    for rank, headers in enumerate(ranks)
    for header in headers.split(",")
}
NEEDED = (Field.NUMBER, Field.UNIT)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands. ``twice``: fields that two columns claim; ``missing``: what an import cannot do without.

    ``left_out``: places of columns that are not read.
    """

    at: Mapping[Field, int]
    left_out: tuple[int, ...] = ()
    twice: Mapping[Field, tuple[int, ...]] = field(default_factory=dict)
    missing: tuple[Field, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether the file can be read without asking."""
        return not self.twice and not self.missing


def header_key(header: str) -> str:
    """What headers are compared by: no case, no punctuation. E-post, "e-post:" and EPOST are told apart by nothing."""
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())[:120]


def recognise(headers: Sequence[str], said: Mapping[str, str] | None = None) -> Columns:
    """Which column is what. ``said`` is what somebody has said: header key → field, or "" for left out.

    What somebody said goes before every rank. Two columns of the same rank are not chosen
    between: the field is then among ``twice``.
    """
    claims: dict[Field, dict[int, list[int]]] = {}
    for place, header in enumerate(headers):
        key = header_key(header)
        if said and key in said:
            claim = (-1, Field(said[key])) if said[key] else None
        else:
            claim = _RANKED.get(key) or _RANKED.get(key.replace(" ", ""))
        if claim is not None:
            claims.setdefault(claim[1], {}).setdefault(claim[0], []).append(place)
    at, twice = {}, {}
    for wanted, ranks in claims.items():
        best = ranks[min(ranks)]
        at[wanted] = best[0]
        if len(best) > 1:
            twice[wanted] = tuple(best)
    if Field.NAME in at and Field.FIRST in at and Field.LAST in at:
        del at[Field.NAME]  # the halves say more, and in a known order
        twice.pop(Field.NAME, None)
    left_out = tuple(place for place in range(len(headers)) if place not in at.values())
    return Columns(at, left_out, twice, _missing(at))


def _missing(at: Mapping[Field, int]) -> tuple[Field, ...]:
    missing = tuple(field for field in NEEDED if field not in at)
    has_name = Field.NAME in at or (Field.FIRST in at and Field.LAST in at)
    return missing if has_name else (*missing, Field.NAME)


class UnclearColumns(Exception):
    """The file cannot be read before somebody says which column is what. Nothing of it was kept."""

    def __init__(self, headers: Sequence[str], columns: Columns) -> None:
        super().__init__("columns are missing or claimed twice")
        self.headers, self.columns = headers, columns
