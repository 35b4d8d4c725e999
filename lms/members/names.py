"""How names are compared and put in order."""

from __future__ import annotations

import unicodedata

from django.db import models

_LAST_LETTERS = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzb", "ö": "zzb", "å": "zzc"})


def name_key(name: str) -> str:
    """The key a name is searched and sorted by.

    Case is folded, other accents are dropped (Márjá is found as marja), and æ, ø, å sort
    last in that order under any collation. Needed because SQLite's LIKE does not know
    that Åse and åse are one name.

    >>> name_key("Åse-Márjá Østby")
    'zzcse-marja zzbstby'
    """
    folded = unicodedata.normalize("NFC", " ".join(name.split())).casefold().translate(_LAST_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def initials(name: str) -> str:
    """One or two letters that stand for a person: Åse-Márjá Østby is ÅØ."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


class NameKeyField(models.CharField):
    """Follows ``name`` by itself, in bulk writes too, so that no service can forget it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = name_key(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key
