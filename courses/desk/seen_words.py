"""What the trail's pages and acts are called to the person they were about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lms.audit.pages import Word, register_act_name, register_page_name
from lms.organisation.access import Role

ROLES: dict[str, Word] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.INSTRUCTOR: _("Instructor"),
    Role.EDITOR: _("Editor"),
}
PAGES: dict[str, Word] = {
    "member_list": _("the list of people"),
    "member_page": _("your page among the people"),
    "member_namesakes": _("people of the same name"),
    "unit_page": _("the page of a unit"),
    "board": _("the page of a board"),
    "board_competences": _("what a board can do together"),
    "competence_search": _("a search for somebody who can do a thing"),
    "rights": _("who may do what"),
    "choose_person": _("a search for somebody to elect"),
    "register_import": _("an import of the member register"),
    "register_report": _("the report of an import"),
    "join_codes": _("codes to join by"),
    "reorganisation_preview": _("the preview of a reorganisation"),
    "reorganisation_people": _("who moves in a reorganisation"),
    "merging": _("records that may be one person"),
    "merge_preview": _("your record beside another"),
    "merge": _("a merge of your records"),
    "certificate_preview": _("who gets a certificate"),
    "lapsing": _("whose levels lapse soon"),
    "extension_preview": _("whose levels are made to last longer"),
    "extension": _("a decision that levels last longer"),
    "award_import": _("a file of earlier awards"),
    "certificate_batch": _("a batch of certificates"),
    "certificate_batch_file": _("certificates in one file"),
    "issued_certificate": _("a certificate of yours"),
    "certificate_file": _("the sheet of a certificate of yours"),
    "invite_links": _("links to invite by, and who made them"),
}
ACTS: dict[str, Word] = {
    "merge_members": _("Two records of you were made one"),
    "undo_merge": _("Your two records were parted again"),
    "keep_apart": _("Your record and another were found to be two people"),
    "ask_again": _("Your record and another are looked at again"),
    "appoint": _("You were given a role"),
    "end_appointment": _("A role of yours was ended"),
    "begin_term": _("An office of yours was recorded"),
    "end_term": _("The end of an office of yours was recorded"),
    "correct_term": _("An office of yours was put right"),
    "withdraw_term": _("An office recorded by mistake was taken away"),
    "delegate": _("You were lent a right"),
    "end_delegation": _("A right lent to you was ended"),
    "add_member": _("You were written into the register here"),
    "move_member": _("You were moved to another unit"),
    "move_by_reorganisation": _("A reorganisation moved you to another unit"),
    "change_by_register": _("The member register changed what is known of you"),
    "record_leaving": _("It was recorded that you left"),
    "come_back": _("It was recorded that you came back"),
    "lock_account": _("Your account was locked"),
    "invite_member": _("You were invited to make an account"),
    "issue_join_code": _("You were given a code to join by"),
    "show_join_code": _("Your code to join by was shown"),
    "provision_person": _("Your account was made by the organisation's own directory"),
    "reprovision_person": _("Your account was changed by the organisation's own directory"),
    "issue_certificate": _("A certificate was issued to you"),
    "revoke_certificate": _("A certificate of yours was revoked"),
    "record_award": _("A level you have reached was recorded"),
    "extend_award": _("A level of yours was made to last longer"),
    "undo_extended_award": _("That a level of yours lasts longer was undone"),
    "record_evidence": _("Something that shows what you can was recorded"),
    "correct_evidence": _("Something that shows what you can was put right"),
}


def register() -> None:
    """Name them, once, at start. A room that names its own later has the last word."""
    for key, label in PAGES.items():
        register_page_name(key, label)
    for act, sentence in ACTS.items():
        register_act_name(act, sentence)
