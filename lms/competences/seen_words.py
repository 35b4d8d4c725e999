"""What the trail's pages and acts about vouching and recognition are called to the person they were about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lms.audit.pages import Word, register_act_name, register_page_name

PAGES: dict[str, Word] = {
    "attestations": _("what you are asked, or have asked, to be vouched for"),
    "attestation": _("what you are asked, or have asked, to be vouched for"),
    "vouchers": _("who may vouch for somebody"),
    "vouch": _("a page to vouch for you"),
    "shown_mapping": _("your own view, which you show them"),
    "prior_queue": _("applications about prior learning"),
    "review_prior": _("your application about prior learning"),
    "prior_document": _("a document of your application"),
}
ACTS: dict[str, Word] = {
    "answer_prior_learning": _("Your application about prior learning was answered"),
    "decline_attestation": _("Somebody said no to vouch for you"),
}


def register() -> None:
    """Name them, once, at start."""
    for key, label in PAGES.items():
        register_page_name(key, label)
    for act, sentence in ACTS.items():
        register_act_name(act, sentence)
