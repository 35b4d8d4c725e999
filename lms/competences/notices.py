"""What people are told about vouching and recognition. No line names anybody: who it was stands on the page."""

from __future__ import annotations

import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, Text, register_notice

ASKED, GIVEN, DECLINED = "attestation_asked", "attestation_given", "attestation_declined"
VOUCHED, CORRECTED, REVIEWED = "attestation_unasked", "attestation_corrected", "prior_learning_answered"
YOURS: Text = _("You get this letter because it is about your competence.")


def _request(notice: Notice) -> str:
    return reverse("attestation", args=[uuid.UUID(notice.context["request"])])


def _competence(notice: Notice) -> str:
    key = notice.context.get("competence")
    return reverse("competence", args=[key]) if key else reverse("own_competences")


def _application(notice: Notice) -> str:
    return reverse("prior_application", args=[uuid.UUID(notice.context["application"])])


def register() -> None:
    """Say what each is called, once, at start."""
    register_notice(
        NoticeKind(
            key=ASKED,
            subject=_("Somebody asks for two minutes of yours"),
            line=_("Somebody asks you to vouch for what they can."),
            paragraphs=(_("You see what they can, in their own words. Say yes, yes to a little less, or no."),),
            button=_("Read and answer"),
            reason=_("You get this letter because of an office or a role you hold."),
            address=_request,
        )
    )
    _register(GIVEN, _("Somebody has answered you"), _("Somebody has vouched for you."), _("See it"), _request)
    _register(
        DECLINED,
        _("Somebody has answered you"),
        _("Somebody you asked to vouch for you said no, and wrote why. You can ask another."),
        _("Read the answer"),
        _request,
    )
    _register(
        VOUCHED, _("Something new about you"), _("Somebody has vouched for you, unasked."), _("See it"), _competence
    )
    _register(
        CORRECTED,
        _("Something about you was put right"),
        _("Somebody has put right what they vouched for about you."),
        _("See it"),
        _competence,
    )
    _register(
        REVIEWED,
        _("Your application has an answer"),
        _("Your application to have what you can recognised has an answer."),
        _("Read the answer"),
        _application,
    )


def _register(key: str, subject: Text, line: Text, button: Text, address: object) -> None:
    register_notice(
        NoticeKind(key=key, subject=subject, line=line, button=button, reason=YOURS, address=address)  # type: ignore[arg-type]
    )
