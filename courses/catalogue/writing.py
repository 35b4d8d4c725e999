"""What a check question must have before it can be sent for approval. Pure; says what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import StructBlockValidationError

WORDS_A_MINUTE = 180
"""How fast people read to learn something on a phone."""


def demand_answers(choices: Sequence[tuple[str, bool]], *, several: bool) -> None:
    """Raise a ValidationError unless the choices (text, whether right) can be answered and told apart."""
    wrong = [str(said) for said in _what_is_wrong(choices, several)]
    if wrong:
        raise StructBlockValidationError(non_block_errors=[ValidationError(said) for said in wrong])


def _what_is_wrong(choices: Sequence[tuple[str, bool]], several: bool) -> Iterable[str | Promise]:
    right = sum(is_right for _text, is_right in choices)
    texts = {" ".join(text.casefold().split()) for text, _is_right in choices}
    if right == 0:
        yield _("Tick «right» at the choice that is right.")
    elif right == len(choices):
        yield _("Every choice is marked as right. Leave at least one that is wrong.")
    elif right > 1 and not several:
        yield _("Only one choice can be right here. For more than one, use the question «several right».")
    elif right == 1 and several:
        yield _("Tick «right» at two choices or more. For a single one, use the question «one right».")
    if len(texts) < len(choices):
        yield _("Two choices say the same. Make each different from the others.")


def minutes_to_read(words: int) -> int:
    """About how long a text of so many words takes; at least one minute."""
    return max(1, round(words / WORDS_A_MINUTE))
