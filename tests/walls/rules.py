"""The written rule of every address: who is served, by which method. A pattern without one fails.

A rule says for each method who gets an answer. Everybody else is told that the page does not
exist; a stranger is sent to sign in instead, unless ``hides`` says that they too get a 404.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.walls.actors import (
    ADMIN_ABOVE,
    EVERYBODY,
    FORMER,
    INSTRUCTOR,
    INSTRUCTOR_ELSEWHERE,
    KARI,
    KEEPERS,
    OFFICE,
    SIGNED_IN,
)

Actors = frozenset[str]
NOBODY: Actors = frozenset()
INSTRUCTORS: Actors = frozenset({INSTRUCTOR, INSTRUCTOR_ELSEWHERE})


@dataclass(frozen=True)
class Rule:
    """Who is served by GET (and HEAD) and by POST; None is a method the address does not take.

    ``may_be_empty``: whoever is served may also get a 404, because what the page is about is not
    in the tests' world (a code that lapsed, a recording without a file). ``one_door``: whoever
    comes is sent to the one place to sign in. ``empty_to_door``: a form that says nothing leads
    there too, without a word of where one wanted to go.
    """

    get: Actors | None = None
    post: Actors | None = None
    hides: bool = False
    may_be_empty: bool = False
    one_door: bool = False
    empty_to_door: bool = False


PUBLIC = Rule(get=EVERYBODY)
PUBLIC_FORM = Rule(get=EVERYBODY, post=EVERYBODY)
OWN_PAGE = Rule(get=SIGNED_IN)
OWN_FORM = Rule(get=SIGNED_IN, post=SIGNED_IN)
KARIS = frozenset({KARI})
KARIS_PAGE = Rule(get=KARIS)
KARIS_FORM = Rule(get=KARIS, post=KARIS)
STARTED_BY_ADA = NOBODY
"""Ada, who administers the nation and started the job, is none of the eleven: a job's own page is hers alone."""
SHUT = Rule(get=NOBODY, post=NOBODY, hides=True)
MEMBERS = SIGNED_IN - {FORMER}
OFFICE_PAGE = Rule(get=OFFICE)
OFFICE_FORM = Rule(get=OFFICE, post=OFFICE)
KEEPERS_PAGE = Rule(get=KEEPERS)
KEEPERS_FORM = Rule(get=KEEPERS, post=KEEPERS)
KEEPERS_ACT = Rule(post=KEEPERS)
TOP: Actors = frozenset({ADMIN_ABOVE})
LEARNING = Rule(post=SIGNED_IN)
"""A course for everybody signed in; what one does there is one's own record."""

RULES: dict[str, Rule] = {
    # the house
    "wagtail_serve": PUBLIC_FORM,
    "healthz": PUBLIC_FORM,
    "choose_language": PUBLIC_FORM,
    "^filer/(?P<path>(?:images|original_images)/.+)$": replace(PUBLIC_FORM, may_be_empty=True),
    "wagtailcore_authenticate_with_password": replace(PUBLIC_FORM, may_be_empty=True),
    "wagtailcore_login": replace(PUBLIC_FORM, may_be_empty=True),
    "admin/login/": Rule(get=NOBODY, post=NOBODY, one_door=True),
    "admin/password_reset/": Rule(get=NOBODY, post=NOBODY),
    # signing in
    "account_login": PUBLIC_FORM,
    "account_logout": PUBLIC_FORM,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC_FORM,
    "account_email_verification_sent": PUBLIC,
    "account_reset_password": PUBLIC_FORM,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC_FORM,
    "account_reset_password_from_key_done": PUBLIC,
    "account_confirm_email": PUBLIC_FORM,
    "account_confirm_login_code": OWN_FORM,
    "account_reauthenticate": OWN_FORM,
    "account_email": OWN_FORM,
    "account_change_password": OWN_FORM,
    "account_set_password": OWN_FORM,
    "second_factor": OWN_PAGE,
    "confirm_by_mail": OWN_FORM,
    "sign_in_again": OWN_PAGE,
    "mfa_index": OWN_PAGE,
    "mfa_authenticate": OWN_FORM,
    "mfa_reauthenticate": OWN_FORM,
    "mfa_activate_totp": OWN_FORM,
    "mfa_deactivate_totp": KARIS_FORM,
    "mfa_view_recovery_codes": KARIS_PAGE,
    "mfa_generate_recovery_codes": OWN_FORM,
    "mfa_download_recovery_codes": KARIS_PAGE,
    "mfa_list_webauthn": OWN_PAGE,
    "mfa_add_webauthn": OWN_FORM,
    "mfa_login_webauthn": OWN_FORM,
    "mfa_reauthenticate_webauthn": replace(OWN_FORM, empty_to_door=True),
    "mfa_edit_webauthn": KARIS_FORM,
    "mfa_remove_webauthn": KARIS_FORM,
    # single sign-on and provisioning: shut in the tests' world, as wherever nobody has set them up
    "openid_connect_login": SHUT,
    "openid_connect_callback": SHUT,
    "socialaccount_login_cancelled": Rule(get=NOBODY, post=NOBODY, one_door=True),
    "socialaccount_connections": PUBLIC_FORM,
    "users": SHUT,
    "service-provider-config": SHUT,
    "resource-types": SHUT,
    "schemas": SHUT,
    # one's own
    "desk": OWN_PAGE,
    "shelf": OWN_PAGE,
    "own_certificate": KARIS_FORM,
    "certificate_file": KARIS_PAGE,
    "notices": OWN_PAGE,
    "read_notice": Rule(post=KARIS),
    "read_all_notices": Rule(post=SIGNED_IN),
    "job": Rule(get=STARTED_BY_ADA),
    "stop_job": Rule(post=STARTED_BY_ADA),
    "retry_job": Rule(post=STARTED_BY_ADA),
    # learning
    "enrol": LEARNING,
    "finish_lesson": LEARNING,
    "note_visit": LEARNING,
    "do_activity": LEARNING,
    "test": OWN_FORM,
    "test_overview": KARIS_FORM,
    "test_question": KARIS_FORM,
    "test_result": KARIS_PAGE,
    "recording_file": replace(PUBLIC, may_be_empty=True),
    "begin_playback": Rule(post=EVERYBODY, may_be_empty=True),
    "beat": Rule(post=EVERYBODY, may_be_empty=True),
    # boards, and who may do what: the board is Nordland's
    "bodies": Rule(get=OFFICE),
    "open_body": Rule(get=OFFICE, post=OFFICE),
    "bodies_report": Rule(get=OFFICE),
    "bodies_report_as_file": Rule(post=OFFICE),
    "body": Rule(get=KEEPERS),
    "body_competences": Rule(get=KEEPERS),
    "search_competences": Rule(get=OFFICE),
    **dict.fromkeys(
        ("change_body", "body_seats", "close_body", "begin_term", "end_term"), Rule(get=KEEPERS, post=KEEPERS)
    ),
    "rights": OWN_PAGE,
    "lend_right": Rule(get=OFFICE, post=OFFICE),
    # whoever holds all that a role gives: an instructor can give the same on
    "appoint": Rule(get=OFFICE | INSTRUCTORS, post=OFFICE | INSTRUCTORS),
    "end_loan": Rule(post=KEEPERS),
    "end_appointment": Rule(post=frozenset({ADMIN_ABOVE})),
    # reorganisations: the draft and the applied one are Nordland's
    "reorganisations": Rule(get=OFFICE),
    "begin_reorganisation": Rule(get=OFFICE, post=OFFICE),
    "over_time": Rule(get=OFFICE),
    "over_time_file": Rule(get=OFFICE),
    **dict.fromkeys(("reorganisation", "preview_reorganisation", "moving_people"), Rule(get=KEEPERS)),
    **dict.fromkeys(
        ("reorganisation_details", "add_change", "place_people", "undo_reorganisation"),
        Rule(get=KEEPERS, post=KEEPERS),
    ),
    **dict.fromkeys(
        ("remove_change", "discard_reorganisation", "choose_bodies", "apply_reorganisation"), Rule(post=KEEPERS)
    ),
    # tracks and rules: what is in force, to whoever keeps levels; drafts and their effect, at the top only
    **dict.fromkeys(("tracks", "track_level", "rule_adopted"), OFFICE_PAGE),
    **dict.fromkeys(("rule", "choose_requirement", "rule_preview", "rule_preview_file"), Rule(get=TOP)),
    **dict.fromkeys(
        (
            "found_track",
            "word_track",
            "add_level",
            "word_level",
            "rule_terms",
            "add_requirement",
            "change_requirement",
            "adopt_rule",
            "load_defaults",
        ),
        Rule(get=TOP, post=TOP),
    ),
    **dict.fromkeys(
        ("draft_rule", "move_requirement", "remove_requirement", "discard_draft", "ask_preview"), Rule(post=TOP)
    ),
    # plans: the draft is Kari's; templates are written by those who keep the plans of the whole organisation
    "my_plan": OWN_PAGE,
    "new_plan": OWN_FORM,
    "plans_below": OFFICE_PAGE,
    "plans_as_file": Rule(post=OFFICE),
    "choose_unit_for_plan": OFFICE_PAGE,
    "make_plan": KEEPERS_FORM,
    "plan_of_body": Rule(get=KEEPERS),
    **dict.fromkeys(("plan_templates", "plan_template"), OFFICE_PAGE),
    "copy_plan_template": Rule(post=TOP),
    **dict.fromkeys(
        (
            "change_plan_template",
            "adopt_plan_template",
            "discard_plan_template",
            "add_template_stage",
            "change_template_stage",
            "add_template_goal",
            "change_template_goal",
            "remove_template_goal",
        ),
        Rule(get=TOP, post=TOP),
    ),
    **dict.fromkeys(("plan", "plan_as_pdf", "plan_review", "plan_goals"), Rule(get=KARIS | KEEPERS)),
    **dict.fromkeys(("agree_plan", "reopen_plan"), KEEPERS_ACT),
    **dict.fromkeys(("begin_plan", "take_back_plan", "tick_goal"), Rule(post=KARIS | KEEPERS)),
    "ask_for_talk": KARIS_FORM,
    **dict.fromkeys(
        (
            "review_plan",
            "carry_over_plan",
            "close_plan",
            "discard_plan",
            "plan_changes",
            "add_goal",
            "change_goal",
            "remove_goal",
        ),
        Rule(get=KARIS | KEEPERS, post=KARIS | KEEPERS),
    ),
    # the ladder is everybody's; awards in bulk: the extension is for Nordland, the file is Ada's alone
    **dict.fromkeys(("ladder", "track_ladder", "level_on_ladder"), OWN_PAGE),
    "lapsing": OFFICE_PAGE,
    **dict.fromkeys(("remind_lapsing", "lapsing_as_file"), Rule(post=OFFICE)),
    "extensions": OFFICE_PAGE,
    "extend": OFFICE_FORM,
    "extension": KEEPERS_PAGE,
    "undo_extension": KEEPERS_ACT,
    "award_imports": OFFICE_FORM,
    "award_import": Rule(get=NOBODY),
    **dict.fromkeys(("apply_award_import", "drop_award_import"), Rule(post=NOBODY)),
    # the member register: the file is Ada's, for Kari's county, and applied
    "register_imports": Rule(get=OFFICE, post=OFFICE),
    "register_columns": Rule(get=OFFICE, post=OFFICE),
    "register_import": Rule(get=KEEPERS),
    "apply_register_import": Rule(post=NOBODY),
    "confirm_register_import": Rule(post=KEEPERS),
    "drop_register_import": Rule(post=KEEPERS),
    "register_import_errors": Rule(get=KEEPERS),
    "register_import_report": Rule(get=KEEPERS),
    "register_import_report_xlsx": Rule(get=KEEPERS),
    # certificates
    "check_certificate": PUBLIC,
    "credential": PUBLIC,
    "choose_batch": Rule(get=OFFICE),
    "sample_certificate": Rule(get=OFFICE, may_be_empty=True),
    "issue_batch": Rule(post=OFFICE),
    "batch": Rule(get=frozenset({ADMIN_ABOVE})),
    "batch_zip": Rule(get=frozenset({ADMIN_ABOVE})),
    "issued_certificate": Rule(get=KEEPERS, post=KEEPERS),
    "issued_file": Rule(get=KEEPERS | KARIS),
    # one's own data
    "my_data": OWN_PAGE,
    "my_consents": OWN_FORM,
    "who_saw_me": OWN_PAGE,
    "my_copy": OWN_FORM,
    "my_copy_file": Rule(post=SIGNED_IN, may_be_empty=True),
    "leave": OWN_FORM,
    "left": PUBLIC,  # whoever has left is signed out, and reads it as a stranger
    "leaving_choice": PUBLIC_FORM,  # by a signed link alone
    # coming in
    "join": PUBLIC,
    "join_by_code": PUBLIC_FORM,
    "join_sent": PUBLIC,
    "join_course": replace(PUBLIC_FORM, may_be_empty=True),
    "join_with": PUBLIC_FORM,
    "join_confirm": replace(PUBLIC_FORM, may_be_empty=True),
    "join_address": replace(PUBLIC_FORM, may_be_empty=True),
    "join_invited": replace(PUBLIC_FORM, may_be_empty=True),
    # inviting
    "invite_links": OFFICE_FORM,
    "invite_link": KEEPERS_PAGE,
    "revoke_invite_link": KEEPERS_ACT,
    "join_waiting": OFFICE_PAGE,
    "send_invitations": Rule(post=OFFICE),
    "print_join_codes": Rule(post=OFFICE),
    "join_code_anew": KEEPERS_ACT,
    "campaigns": OWN_FORM,  # everybody reads the list; the form makes one only for those who may invite
    "campaign_board": Rule(get=MEMBERS),
    "campaign_board_figures": Rule(get=MEMBERS),
    "campaign_wall": Rule(get=MEMBERS),
    "campaign_wall_figures": Rule(get=MEMBERS),
    "campaign_link": Rule(post=OFFICE),
    # the organisation's units and people
    "organisation": OFFICE_PAGE,
    "units": OFFICE_PAGE,
    "unit": OFFICE_PAGE,  # the structure is known to all who keep a part of it; people and counts are not
    "people": OFFICE_PAGE,
    "people_as_file": OFFICE_PAGE,
    "add_person": OFFICE_FORM,
    "person": KEEPERS_PAGE,
    "move_person": KEEPERS_FORM,
    "leave_person": KEEPERS_FORM,
    "return_person": Rule(post=KEEPERS, may_be_empty=True),
    # one's own competences: Kari maps herself, has asked Ada, and applies; Ada has vouched
    "own_competences": OWN_PAGE,
    "competence": OWN_PAGE,
    "map_competence": OWN_FORM,
    "map_question": KARIS_FORM,
    "end_mapping": KARIS_FORM,
    "mapping_viewers": OWN_FORM,
    "shown_mapping": Rule(get=NOBODY),  # she shows it to Ada
    "attestations": OWN_PAGE,
    "ask_attestation": OWN_FORM,
    "vouch": Rule(get=KEEPERS | {INSTRUCTOR}, post=KEEPERS | {INSTRUCTOR}),
    "correct_attestation": Rule(get=NOBODY, post=NOBODY),
    "attestation": Rule(get=KARIS, post=NOBODY),
    "withdraw_attestation": Rule(post=KARIS),
    "apply_prior": OWN_FORM,
    "prior_application": KARIS_FORM,
    "take_back_prior": Rule(post=KARIS),
    "prior_document": Rule(get=KARIS | KEEPERS),
    "prior_queue": OFFICE_PAGE,
    "review_prior": KEEPERS_FORM,
    # two records of one person
    "merging": OFFICE_PAGE,
    "merge_preview": KEEPERS_FORM,
    "keep_apart": KEEPERS_ACT,
    "merge": KEEPERS_PAGE,
    "undo_merge": KEEPERS_ACT,
    # the overview of competence
    "coverage": OFFICE_PAGE,
    "count_again": Rule(post=OFFICE),
    "coverage_unit": KEEPERS_PAGE,
    "coverage_column": KEEPERS_PAGE,
    "coverage_table": Rule(post=KEEPERS, may_be_empty=True),  # no month is counted in the tests' world
    "coverage_matrix": KEEPERS_ACT,
    "coverage_courses": KEEPERS_PAGE,
    "coverage_completion": KEEPERS_ACT,
}
