"""Which of Wagtail's addresses are open, and to whom. What is not named here does not exist (404).

Wagtail checks page and file permissions behind each of these doors as well. New addresses of
a later Wagtail stay shut until somebody has read them and writes them down here.

Shut to everybody, by not being named: users, groups (rights follow from terms and
appointments, never from a form), sites, redirects, locales, collections and workflows (laid
by ``editing.py``), snippets, the page, image and document API (nothing of ours asks it),
embeds, image addresses by filter, content reports and site history (names and drafts of
everybody), page types in use.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from lms.organisation.access import Right

_FRAME = (
    "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout",
    # what the frame itself loads: icons, words for scripts, hints put away
    "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles",
)  # fmt: skip
_WRITING = (
    "wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results",
    "wagtailadmin_pages:search", "wagtailadmin_pages:search_results",
    "wagtailadmin_pages:add_subpage", "wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:edit", "wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:view_draft",
    "wagtailadmin_block_preview",
    # two writers on one page are told of each other
    "wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release",
    "wagtailadmin_pages:lock", "wagtailadmin_pages:unlock",
    # drafts: one's own can be thrown away, moved, copied
    "wagtailadmin_pages:delete", "wagtailadmin_pages:move", "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:copy", "wagtailadmin_pages:usage",
    # what a page was before
    "wagtailadmin_pages:history", "wagtailadmin_pages:history_results", "wagtailadmin_pages:revisions_view",
    "wagtailadmin_pages:revisions_revert", "wagtailadmin_pages:revisions_compare",
    # being approved
    "wagtailadmin_pages:workflow_action", "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation", "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_pages:workflow_history", "wagtailadmin_pages:workflow_history_detail",
)  # fmt: skip
_CHOOSING = (
    # links in running text
    "wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple", "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete",
    "wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results", "wagtailimages_chooser:chosen",
    "wagtailimages_chooser:chosen_multiple", "wagtailimages_chooser:create", "wagtailimages_chooser:select_format",
    "wagtaildocs_chooser:choose", "wagtaildocs_chooser:choose_results", "wagtaildocs_chooser:chosen",
    "wagtaildocs_chooser:chosen_multiple", "wagtaildocs_chooser:create",
    "wagtailmedia:chooser", "wagtailmedia:chooser_typed", "wagtailmedia:media_chosen",
    "wagtailmedia:chooser_upload",
)  # fmt: skip
_FILES = (
    "wagtailimages:index", "wagtailimages:index_results", "wagtailimages:add", "wagtailimages:edit",
    "wagtailimages:delete", "wagtailimages:image_usage", "wagtailimages:add_multiple",
    "wagtailimages:edit_multiple", "wagtailimages:create_multiple_from_uploaded_image",
    "wagtailimages:delete_multiple", "wagtailimages:delete_upload_multiple",
    "wagtaildocs:index", "wagtaildocs:index_results", "wagtaildocs:add", "wagtaildocs:edit",
    "wagtaildocs:delete", "wagtaildocs:document_usage", "wagtaildocs:add_multiple",
    "wagtaildocs:edit_multiple", "wagtaildocs:create_multiple_from_uploaded_document",
    "wagtaildocs:delete_multiple", "wagtaildocs:delete_upload_multiple",
    "wagtailmedia:index", "wagtailmedia:add", "wagtailmedia:edit", "wagtailmedia:delete",
    "wagtailmedia:media_usage",
)  # fmt: skip
WRITERS = frozenset((*_FRAME, *_WRITING, *_CHOOSING, *_FILES))
"""Open to those who write courses."""

PUBLISHERS = frozenset((
    "wagtailadmin_pages:unpublish", "wagtailadmin_pages:set_page_position", "wagtailadmin_pages:revisions_unschedule",
    "wagtailadmin_pages:convert_alias", "wagtailadmin_pages:set_privacy",
    # what waits, and for how long: the list behind "waiting for approval"
    "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_results",
))  # fmt: skip
"""Open to those who publish courses, besides what writers have."""

_more: set[str] = set()


def open_to_writers(*names: str) -> None:
    """Say which addresses a room above adds to the CMS for those who write courses."""
    _more.update(names)


BULK = {("pages", "image"): Right.WRITE_COURSES, ("pages", "document"): Right.WRITE_COURSES,
        ("wagtailcore", "page"): Right.PUBLISH_COURSES}  # fmt: skip
"""Acts on many rows at once: on which models, by whom. Never on people."""


def is_open(name: str, kwargs: Mapping[str, Any], rights: Collection[Right]) -> bool:
    """Whether an address of the CMS exists for somebody with these rights. ``name`` has its namespaces."""
    if Right.WRITE_COURSES not in rights:
        return False
    if name == "wagtail_bulk_action":
        return BULK.get((kwargs["app_label"], kwargs["model_name"])) in rights
    return name in WRITERS or name in _more or (name in PUBLISHERS and Right.PUBLISH_COURSES in rights)
