"""What a writer may do to a page, where Wagtail's own answer is too wide."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.models import PagePermissionTester

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def address_of(title: str) -> str:
    """The last part of a page's address, from its title. Django would drop ø; here it becomes o."""
    return slugify(title.casefold().translate(_LETTERS))[:120].strip("-") or "side"


class PageRights(PagePermissionTester):
    """Wagtail's rights, less two: who may not publish keeps to their own drafts, and off the pages of editors.

    Whoever may change pages could otherwise throw away, or move, the drafts of others, and
    rewrite the front page.
    """

    def can_edit(self) -> bool:
        if self._is_writer_only and getattr(self.page.specific_class, "is_for_editors", False):
            return False
        return bool(super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self._is_writer_only and not self._is_own_draft():
            return False
        # A module and its lessons that one wrote oneself go in one act.
        return bool(super().can_delete(ignore_bulk=ignore_bulk or self._is_writer_only))

    @property
    def _is_writer_only(self) -> bool:
        return not self.user.is_superuser and "publish" not in getattr(self, "permissions", ())

    def _is_own_draft(self) -> bool:
        """The page and everything below it are drafts of this writer."""
        pages = self.page.get_descendants(inclusive=True)
        return not pages.exclude(live=False, owner=self.user).exists()
