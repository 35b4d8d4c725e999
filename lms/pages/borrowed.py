"""Sentences of Wagtail and wagtailmedia that writers meet and that are not yet said in Norwegian, or not well.

Nothing reads this list while the program runs. It stands here so that ``make messages`` finds
the sentences; our catalogues go before those of other houses.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

FIRST_PAGE = (
    gettext_noop("Dashboard"),
    gettext_noop("Search all pages…"),
    gettext_noop("Search…"),
    gettext_noop("Awaiting your review"),
    gettext_noop("Your pages and snippets in a workflow"),
    gettext_noop("Your most recent edits"),
    gettext_noop("Your locked pages"),
    gettext_noop("Awaiting"),
    gettext_noop("In Moderation"),
    gettext_noop("Skip to main content"),
)

LISTS = (
    gettext_noop("Exploring"),
    gettext_noop("Filter by"),
    gettext_noop("Show filters"),
    gettext_noop("Apply filters"),
    gettext_noop("Status"),
    gettext_noop("Type"),
    gettext_noop("History"),
    gettext_noop("Date updated"),
    gettext_noop("Edited by"),
    gettext_noop("Page type"),
    gettext_noop("Has child pages"),
    gettext_noop("Any"),
    gettext_noop("Yes"),
    gettext_noop("No"),
    gettext_noop("Back"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    ngettext_lazy("There is one matching page", "There are %(counter)s matching pages"),
    gettext_noop("Visible to all"),
    gettext_noop("Toggle breadcrumbs"),
)

WRITING = (
    gettext_noop("New: %(model_name)s"),
    gettext_noop("Saved"),
    gettext_noop("Autosave is paused"),
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("Save your changes before leaving"),
    gettext_noop("Go to the first error"),
    gettext_noop("The page could not be created due to validation errors."),
    gettext_noop("The page could not be saved due to validation errors."),
    gettext_noop("There are validation errors, click save to highlight them."),
    gettext_noop("The page could not be saved as it is locked."),
    gettext_noop("Toggle section"),
    gettext_noop("Minimap"),
    gettext_noop("Side panels"),
    gettext_noop("Toggle status"),
    gettext_noop("Toggle comments"),
    gettext_noop("Toggle checks"),
    gettext_noop("Toggle preview"),
    gettext_noop("Comments"),
    gettext_noop("Comment"),
    gettext_noop("Comment notifications"),
    gettext_noop("Checks"),
    gettext_noop("Warnings"),
    gettext_noop("Words"),
    gettext_noop("Reading time"),
    gettext_noop("Readability"),
    gettext_noop("Issues found"),
    gettext_noop("Content metrics"),
    gettext_noop("Preview in new tab"),
    gettext_noop("Preview is out of date"),
    gettext_noop("Refresh"),
    gettext_noop("Refreshing…"),
    gettext_noop("Loading"),
    gettext_noop("Anyone can edit this %(model_name)s"),
    gettext_noop("Not visible to the public"),
    gettext_noop("Once live anyone can view"),
    gettext_noop("To be created by %(user)s"),
    gettext_noop("View history"),
    gettext_noop("View details"),
    gettext_noop("First published"),
    gettext_noop("You saved a new version in another window"),
    gettext_noop("%(user_name)s saved a new version"),
    gettext_noop("%(user_name)s has unsaved changes"),
    gettext_noop("Currently viewing"),
)

APPROVING = (
    gettext_noop("Submit to %(workflow_name)s"),
    gettext_noop("This %(model_name)s is currently awaiting moderation."),
    gettext_noop("Only reviewers for this task can edit the %(model_name)s."),
    gettext_noop("Cancel workflow"),
    gettext_noop("Request changes"),
    gettext_noop("Approve and Publish"),
    gettext_noop("Approve"),
    gettext_noop("Approve with comment"),
    gettext_noop("Page '%(page_title)s' has been submitted for moderation."),
    gettext_noop("Workflow on page '%(page_title)s' has been cancelled."),
    gettext_noop("Workflow on page '%(page_title)s' has been restarted."),
    gettext_noop(
        "This page was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    gettext_noop("This page is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
    gettext_noop("Workflows"),
    gettext_noop("Awaiting my review"),
    gettext_noop("In progress"),
    gettext_noop("Requested by"),
    gettext_noop("Started at"),
    gettext_noop("By task"),
    gettext_noop("Workflow history"),
    gettext_noop("Schedule to publish"),
    gettext_noop("Set schedule"),
    gettext_noop("Set publishing schedule"),
    gettext_noop("Save schedule"),
    gettext_noop("No publishing schedule set"),
    gettext_noop("Edit schedule"),
)

FILES = (
    gettext_noop("Media"),
    gettext_noop("Add audio"),
    gettext_noop("Add video"),
    gettext_noop("Search media"),
    gettext_noop(
        'You haven\'t uploaded any media files. You can upload <a href="%(wagtailmedia_add_audio_url)s">audio</a> '
        'or <a href="%(wagtailmedia_add_video_url)s">video</a> files.'
    ),
    gettext_noop("Choose audio"),
    gettext_noop("Choose video"),
    gettext_noop("Grid layout"),
    gettext_noop("List layout"),
    gettext_noop("Please provide an image description to comply with best practices for accessibility."),
)

SETTINGS = (
    gettext_noop("Profile"),
    gettext_noop("Notifications"),
    gettext_noop("Theme preferences"),
    gettext_noop("Keyboard shortcuts"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
    gettext_noop("Your account settings have been changed successfully!"),
)
