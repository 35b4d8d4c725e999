"""Certificates of two records of one person: all follow, and a key that names the person names the one that stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Credential
from lms.merging.registry import Rows, register_hold, register_rule
from lms.merging.steps import Pair, Step, change


def credentials(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Every certificate follows; what is printed and sealed on it does not change. Where both have one for the
    same thing, both stay valid, and the absorbed one keeps the key it had.
    """
    taken = {(row.award_key, row.edition) for row in (*kept, *absorbed)}
    for row in absorbed:
        key = row.award_key.replace(str(pair.absorbed.public_id), str(pair.kept.public_id))
        is_free = (key, row.edition) not in taken
        yield from change(row, holder_id=pair.kept.pk, award_key=key if is_free else row.award_key)


def issued_since(pks: Sequence[Any]) -> str:
    """A certificate that came of a merge is out in the world: it is revoked, never taken back."""
    if not Credential.objects.filter(pk__in=pks).exists():
        return ""
    return _("a certificate was issued because of the merge")


def register() -> None:
    """Say so, once, at start."""
    register_rule(Credential, credentials, label=gettext_lazy("Certificates"), derived=True)
    register_hold(Credential, issued_since)
