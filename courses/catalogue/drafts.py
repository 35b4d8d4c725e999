"""Blocks that let a draft be incomplete."""

from __future__ import annotations

import threading

from wagtail import blocks


class DraftableBlock(blocks.StructBlock):
    """A block that knows whether what it cleans is a draft being saved or something sent for approval.

    Wagtail cleans both the same way and only lets required fields wait; blocks are shared by
    all threads, so the flag belongs to the thread.
    """

    _saving = threading.local()

    @property
    def is_draft(self) -> bool:
        """Whether a draft is being saved just now."""
        return bool(getattr(self._saving, "is_draft", False))

    def defer_required_validation(self) -> None:
        super().defer_required_validation()
        self._saving.is_draft = True

    def restore_deferred_validation(self) -> None:
        super().restore_deferred_validation()
        self._saving.is_draft = False
