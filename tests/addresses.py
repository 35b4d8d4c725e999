"""Every address of the house, with something behind each: what the walkers of the suite ask for.

A new pattern that is not named here fails ``test_every_address_is_known_to_the_walker``, so that
no page is forgotten by the tests of headers, of cookies, and of "opening a page changes nothing".
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import get_resolver
from django.utils import timezone

from assessments.attempts.models import Attempt
from certificates.models import Credential
from courses.catalogue.models import CoursePage
from courses.curriculum.outlines import CourseOutline
from courses.desk.my_data_links import link_to
from courses.planning.models import CompetencePlan, PlanReview, PlanTemplate
from courses.planning.template_drafts import draft_template
from courses.progression.models import Extension, Level, LevelRule
from courses.tracks.drafting import draft_rule
from courses.tracks.models import AwardImport, RulePreview
from courses.tracks.previewing import print_of
from lms.jobs.models import Job
from lms.joining.campaigns import make_campaign
from lms.joining.links import make_link
from lms.joining.models import Campaign, InviteLink
from lms.members.models import Leaving, Member
from lms.merging.models import Merge
from lms.merging.services import merge_members
from lms.notifications.models import Notice
from lms.notifications.services import notify
from lms.organisation.access import Role
from lms.organisation.models import Appointment, Body, Delegation, Term, Unit
from lms.pages.models import OrganisationSettings
from lms.periods import Period, today
from lms.register.models import RegisterImport
from lms.reorganisation.applying import carry_out
from lms.reorganisation.models import Change, Reorganisation
from lms.reorganisation.services import add_change, draft_reorganisation
from tests.factories import courses, organisation, plans, signing
from tests.factories.register import make_import
from tests.factories.vouching import make_own_competences, own_addresses

FOREIGN = ("admin/", "documents/")
"""Trees that are Wagtail's own and walked by the tests of the editor's door."""


@dataclass(frozen=True)
class World:
    """A course in which everything has happened, as the one who did it and as somebody else."""

    page: CoursePage
    outline: CourseOutline
    kari: Member
    ola: Member
    ada: Member
    open_attempt: Attempt
    graded_attempt: Attempt
    credential: Credential
    job: Job
    notice: Notice
    passkey: Authenticator


def make_world() -> World:
    """Kari has read the course, failed the test once and begun again, and holds a certificate; Ada administers."""
    nation, nordland, *_ = organisation.make_tree()
    kari = organisation.make_member(of=nordland, email="kari@example.org", password="et-langt-passord")
    ola, ada = organisation.make_member("Ola", of=nordland), organisation.make_member("Ada", of=nation)
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=nation)
    paper = courses.make_paper(3)
    work = [
        {"type": "reflection", "id": str(uuid.UUID(int=1)), "value": {"prompt": "Hva nå?", "hint": ""}},
        {"type": "checklist", "id": str(uuid.UUID(int=2)), "value": {"title": "Gjør", "items": ["Ring", "Skriv"]}},
    ]
    page = courses.make_course_pages([[courses.text_block(), courses.quiz_block(), *work]] * 2, paper=paper)
    courses.make_rule(courses.course_of(page), paper)
    courses.finish(courses.course_of(page), kari)
    credential = courses.make_credential(kari)
    notify(members=[kari], kind="certificate_ready", key="k")
    told = {"subject": f"level:{courses.GRUNN}", "unit": nation.code, "basis": []}
    job = Job.objects.create(kind="issue_certificates", key="k", created_by=ada, state=Job.State.DONE, payload=told)
    gone = organisation.make_member("Gunn", of=nordland)
    Leaving.objects.create(member=gone, left_on=organisation.DAY, erase_on=organisation.LATER)
    day = Period(today(), today() + dt.timedelta(days=1))
    make_link(unit=nordland, by=ada, campaign=make_campaign(name="Vervedag", unit=nation, period=day, by=ada))
    signing.make_app(kari)
    passkey = signing.make_passkey(kari)
    _make_board(nordland, ola, ada)
    _make_doubles(nordland, ada)
    make_import(nordland, ada, kari)
    _make_reorganisations(nordland)
    make_own_competences(kari, ada)
    _make_draft_of_a_rule()
    _make_bulk_awards(nordland, ada)
    _make_plans(kari)
    OrganisationSettings.load()
    return World(
        page,
        courses.outline(courses.course_of(page)),
        kari,
        ola,
        ada,
        graded_attempt=courses.make_attempt(paper, kari, right=0),
        open_attempt=courses.make_attempt(paper, kari, hand_in=False),
        credential=credential,
        job=job,
        notice=Notice.objects.get(member=kari, kind="certificate_ready"),
        passkey=passkey,
    )


def addresses(world: World) -> dict[str, str]:
    """Name of the pattern (its route where it has none) → an address it answers."""
    course, lesson = "ny-i-styret", world.outline.taught[0]
    learn, quiz = f"/learn/{course}", lesson.items[1].activity_key
    test = f"{learn}/test/{world.open_attempt.public_id}"
    batch, issued = (
        f"/reports/certificates/batch/{world.job.public_id}",
        f"/reports/certificates/{world.credential.public_id}",
    )
    return {
        "wagtail_serve": "/",
        "healthz": "/healthz",
        "choose_language": "/language/?language=nn&next=/",
        "account_login": "/accounts/login/",
        "account_logout": "/accounts/logout/",
        "account_inactive": "/accounts/inactive/",
        "account_signup": "/accounts/signup/",
        "account_reauthenticate": "/accounts/reauthenticate/",
        "account_email": "/accounts/email/",
        "account_email_verification_sent": "/accounts/confirm-email/",
        "account_change_password": "/accounts/password/change/",
        "account_set_password": "/accounts/password/set/",
        "account_reset_password": "/accounts/password/reset/",
        "account_confirm_login_code": "/accounts/login/code/confirm/",
        "account_confirm_email": "/accounts/confirm-email/MQ:abc:def/",
        "account_reset_password_from_key_done": "/accounts/password/reset/key/done/",
        "account_reset_password_from_key": "/accounts/password/reset/key/1-set-password/",
        "account_reset_password_done": "/accounts/password/reset/done/",
        **_second_factor(world),
        "second_factor": "/accounts/second-factor/",
        "confirm_by_mail": "/accounts/reauthenticate/mail/",
        "sign_in_again": "/accounts/reauthenticate/again/",
        "openid_connect_login": "/accounts/single/single/",
        "openid_connect_callback": "/accounts/single/single/back/",
        "socialaccount_login_cancelled": "/accounts/single-left/",
        "socialaccount_connections": "/accounts/single-added/",
        "users": "/scim/v2/Users",
        "service-provider-config": "/scim/v2/ServiceProviderConfig",
        "resource-types": "/scim/v2/ResourceTypes",
        "schemas": "/scim/v2/Schemas",
        "job": f"/jobs/{world.job.public_id}/",
        "stop_job": f"/jobs/{world.job.public_id}/stop",
        "retry_job": f"/jobs/{world.job.public_id}/again",
        "notices": "/notices/",
        "read_all_notices": "/notices/read",
        "read_notice": f"/notices/{world.notice.public_id}/read",
        "check_certificate": "/c/",
        "credential": f"/c/{world.credential.number}/",
        "desk": "/desk/",
        "shelf": "/desk/certificates/",
        "own_certificate": f"/desk/certificates/{world.credential.public_id}/",
        "certificate_file": f"/desk/certificates/{world.credential.public_id}.pdf",
        "my_data": "/desk/data/",
        "my_consents": "/desk/data/consents/",
        "who_saw_me": "/desk/data/seen/",
        "my_copy": "/desk/data/copy/",
        "my_copy_file": f"/desk/data/copy/{uuid.UUID(int=0)}.zip",
        "leave": "/desk/data/leave/",
        "left": "/desk/data/left/",
        "leaving_choice": link_to(Leaving.objects.first()),
        **_joining(),
        **_directory(world),
        **_bodies(),
        **_merging(),
        **_register(),
        **_reorganisations(),
        **own_addresses(world.kari),
        **_tracks(),
        **_bulk_awards(),
        **_coverage(),
        **_plans(),
        "choose_batch": "/reports/certificates/",
        "sample_certificate": "/reports/certificates/sample.pdf",
        "issue_batch": "/reports/certificates/issue/",
        "batch": f"{batch}/",
        "batch_zip": f"{batch}.zip",
        "issued_certificate": f"{issued}/",
        "issued_file": f"{issued}.pdf",
        "enrol": f"{learn}/enrol/",
        "finish_lesson": f"{learn}/{lesson.key}/finish/",
        "note_visit": f"{learn}/{lesson.key}/seen/",
        "do_activity": f"{learn}/{lesson.key}/{quiz}/",
        "test": f"{learn}/test/",
        "test_overview": f"{test}/",
        "test_question": f"{test}/1/",
        "test_result": f"{learn}/test/{world.graded_attempt.public_id}/result/",
        "recording_file": f"/media/{uuid.UUID(int=0)}/captions.nb.vtt",
        "begin_playback": f"/media/{uuid.UUID(int=0)}/begin",
        "beat": f"/media/{uuid.UUID(int=0)}/beat",
        "wagtailcore_authenticate_with_password": "/_util/authenticate_with_password/1/1/",
        "wagtailcore_login": "/_util/login/",
        "admin/login/": "/admin/login/",
        "admin/password_reset/": "/admin/password_reset/",
        "^filer/(?P<path>(?:images|original_images)/.+)$": "/filer/images/none.png",
    }


def _directory(world: World) -> dict[str, str]:
    """The administrator's pages of units and people, about Kari and the county she belongs to."""
    people, kari = "/organisation/people", f"/organisation/people/{world.kari.public_id}"
    return {
        "organisation": "/organisation/",
        "units": "/organisation/units/",
        "unit": f"/organisation/units/{Unit.objects.get(name='Nordland fylkeslag').public_id}/",
        "people": f"{people}/",
        "people_as_file": f"{people}/people.csv",
        "add_person": f"{people}/add/",
        "person": f"{kari}/",
        "move_person": f"{kari}/move/",
        "leave_person": f"{kari}/leave/",
        "return_person": f"{kari}/return/",
    }


def _make_doubles(unit: Unit, ada: Member) -> None:
    """Two records that may be one person, and two that were made one."""
    for name in ("Dora Dobbel", "Mona Sammen"):
        number = name.split()[1]
        pair = [
            organisation.make_member(name, of=unit, member_number=number),
            organisation.make_member(name, of=unit, status="sympathiser"),
        ]
    merge_members(kept=pair[0], absorbed=pair[1], reason="Samme person", by=ada)


def _register() -> dict[str, str]:
    """The imports, and one that was applied."""
    one = f"/organisation/register/{RegisterImport.objects.get().public_id}"
    return {
        "register_imports": "/organisation/register/",
        "register_columns": "/organisation/register/columns/",
        "register_import": f"{one}/",
        "apply_register_import": f"{one}/apply/",
        "confirm_register_import": f"{one}/confirm/",
        "drop_register_import": f"{one}/drop/",
        "register_import_errors": f"{one}/errors.csv",
        "register_import_report": f"{one}/report.csv",
        "register_import_report_xlsx": f"{one}/report.xlsx",
    }


def _merging() -> dict[str, str]:
    """Two records of one person."""
    one, other = Member.objects.filter(name="Dora Dobbel").order_by("pk")
    merge = Merge.objects.get()
    pair = f"/organisation/merging/{one.public_id}/{other.public_id}"
    return {
        "merging": "/organisation/merging/",
        "merge_preview": f"{pair}/",
        "keep_apart": f"{pair}/apart/",
        "merge": f"/organisation/merging/done/{merge.public_id}/",
        "undo_merge": f"/organisation/merging/done/{merge.public_id}/undo/",
    }


def _make_reorganisations(unit: Unit) -> None:
    """One that was applied to Kari's county, and a draft."""
    for name, day in (("Nytt nummer", dt.date(2024, 1, 1)), ("Kladd", dt.date(2030, 1, 1))):
        row = draft_reorganisation(name=name, on=day, by=None)
        add_change(reorganisation=row, kind=Change.Kind.RENAME, units=[unit], code=f"18-{day.year}", by=None)
    carry_out(reorganisation=Reorganisation.objects.get(name="Nytt nummer"), by=None)


def _reorganisations() -> dict[str, str]:
    """A draft about Kari's county, and one that was applied to it."""
    home, draft = "/organisation/changes", Reorganisation.objects.get(name="Kladd")
    one, applied = f"{home}/{draft.public_id}", Reorganisation.objects.get(name="Nytt nummer")
    return {
        "reorganisations": f"{home}/",
        "begin_reorganisation": f"{home}/new/",
        "over_time": f"{home}/report/",
        "over_time_file": f"{home}/report.csv",
        "reorganisation": f"{one}/",
        "reorganisation_details": f"{one}/details/",
        "add_change": f"{one}/add/rename/",
        "remove_change": f"{one}/remove/{draft.changes.get().pk}/",
        "discard_reorganisation": f"{one}/discard/",
        "choose_bodies": f"{one}/bodies/",
        "place_people": f"{one}/people/",
        "moving_people": f"{one}/people.csv",
        "preview_reorganisation": f"{one}/preview/",
        "apply_reorganisation": f"{one}/apply/",
        "undo_reorganisation": f"{home}/{applied.public_id}/undo/",
    }


def _make_draft_of_a_rule() -> None:
    """The beginner's level is to require something else: drafted, and looked over."""
    draft = draft_rule(level=Level.objects.get(key=courses.GRUNN), by=None)
    RulePreview.objects.create(rule=draft, fingerprint=print_of(draft), finished_at=timezone.now())


def _make_bulk_awards(unit: Unit, ada: Member) -> None:
    """In Kari's county the beginner's level was made to last longer; and Ada has brought a file of earlier awards."""
    level = Level.objects.get(key=courses.GRUNN)
    days = {"lapsing_from": today(), "lapsing_until": today(), "until": organisation.LATER}
    Extension.objects.create(level=level, unit=unit, decision="Fylkesstyret", by=ada, **days)
    AwardImport.objects.create(level=level, by=ada, source="Gammelt register")


def _bulk_awards() -> dict[str, str]:
    """The ladder, and awards in bulk."""
    extension, file = Extension.objects.get(), AwardImport.objects.get()
    longer, earlier = f"/tracks/extending/{extension.public_id}", f"/tracks/earlier/{file.public_id}"
    return {
        "ladder": "/tracks/ladder/",
        "track_ladder": "/tracks/ladder/leadership/",
        "level_on_ladder": f"/tracks/ladder/level/{courses.GRUNN}/",
        "lapsing": "/tracks/lapsing/",
        "remind_lapsing": "/tracks/lapsing/remind/",
        "lapsing_as_file": "/tracks/lapsing/lapsing.csv",
        "extensions": "/tracks/extending/",
        "extend": "/tracks/extending/look/",
        "extension": f"{longer}/",
        "undo_extension": f"{longer}/undo/",
        "award_imports": "/tracks/earlier/",
        "award_import": f"{earlier}/",
        "apply_award_import": f"{earlier}/apply/",
        "drop_award_import": f"{earlier}/drop/",
    }


def _tracks() -> dict[str, str]:
    """The beginner's level, its rule in force, the draft of another, and what that would mean."""
    draft, adopted = LevelRule.objects.get(adopted_at=None), LevelRule.objects.adopted().first()
    home, one = "/tracks", f"/tracks/rules/{draft.pk}"
    level, row = f"{home}/levels/{courses.GRUNN}", f"{one}/{draft.requirements.order_by('pk').first().pk}"
    preview = f"{home}/previews/{draft.previews.get().public_id}"
    return {
        "tracks": f"{home}/",
        "found_track": f"{home}/new/",
        "load_defaults": f"{home}/defaults/",
        "word_track": f"{home}/track/leadership/texts/",
        "add_level": f"{home}/track/leadership/levels/new/",
        "track_level": f"{level}/",
        "word_level": f"{level}/texts/",
        "draft_rule": f"{level}/draft/",
        "rule": f"{one}/",
        "rule_terms": f"{one}/terms/",
        "choose_requirement": f"{one}/add/",
        "add_requirement": f"{one}/add/course/",
        "change_requirement": f"{row}/",
        "move_requirement": f"{row}/move/",
        "remove_requirement": f"{row}/remove/",
        "discard_draft": f"{one}/discard/",
        "ask_preview": f"{one}/preview/",
        "adopt_rule": f"{one}/adopt/",
        "rule_adopted": f"{home}/rules/{adopted.pk}/adopted/",
        "rule_preview": f"{preview}/",
        "rule_preview_file": f"{preview}.csv",
    }


def _make_plans(kari: Member) -> None:
    """Kari has a draft of a plan with a task, talked about once; its template has a version being written."""
    template = plans.make_template()
    plan = plans.make_plan(kari, template=template, state=CompetencePlan.State.DRAFT)
    PlanReview.objects.create(plan=plan, on=organisation.DAY, words="Det går fint")
    draft_template(template=template, by=None)


def _plans() -> dict[str, str]:
    """Kari's draft, the plans of those who keep them, and a template with a version being written."""
    plan, review = CompetencePlan.objects.get(), PlanReview.objects.get()
    one, goal = f"/plans/{plan.public_id}", plans.goals_of(plan)[0]
    draft = PlanTemplate.objects.order_by("number").last()
    place = f"/plans/templates/{draft.key}"
    asked = draft.stages.get(order=1).goals.get()
    return {
        "my_plan": "/plans/",
        "new_plan": "/plans/new/",
        "plans_below": "/plans/all/",
        "plans_as_file": "/plans/all/plans.csv",
        "choose_unit_for_plan": "/plans/all/unit/",
        "make_plan": f"/plans/all/make/?unit={Unit.objects.get(name='Nordland fylkeslag').public_id}",
        "plan_of_body": f"/plans/body/{Body.objects.get(unit__name='Nordland fylkeslag').public_id}/",
        "plan_templates": "/plans/templates/",
        "plan_template": f"{place}/1/",
        "copy_plan_template": f"{place}/1/copy/",
        "change_plan_template": f"{place}/2/name/",
        "adopt_plan_template": f"{place}/2/adopt/",
        "discard_plan_template": f"{place}/2/discard/",
        "add_template_stage": f"{place}/2/stages/add/",
        "change_template_stage": f"{place}/2/stages/1/",
        "add_template_goal": f"{place}/2/stages/1/goal/",
        "change_template_goal": f"{place}/2/goals/{asked.pk}/",
        "remove_template_goal": f"{place}/2/goals/{asked.pk}/remove/",
        "plan": f"{one}/",
        "plan_as_pdf": f"{one}.pdf",
        "agree_plan": f"{one}/agree/",
        "begin_plan": f"{one}/begin/",
        "take_back_plan": f"{one}/take-back/",
        "reopen_plan": f"{one}/reopen/",
        "ask_for_talk": f"{one}/ask/",
        "review_plan": f"{one}/talk/",
        "plan_review": f"{one}/talks/{review.public_id}/",
        "carry_over_plan": f"{one}/carry/",
        "close_plan": f"{one}/close/",
        "discard_plan": f"{one}/discard/",
        "plan_changes": f"{one}/changes/",
        "plan_goals": f"{one}/goals/",
        "add_goal": f"{one}/goals/add/1/",
        "change_goal": f"{one}/goals/{goal.pk}/",
        "remove_goal": f"{one}/goals/{goal.pk}/remove/",
        "tick_goal": f"{one}/goals/{goal.pk}/tick/",
    }


def _joining() -> dict[str, str]:
    """The doors, and what those who invite have made."""
    link, campaign, none = InviteLink.objects.get(), Campaign.objects.get(), "x" * 32
    day = f"/join/campaigns/{campaign.public_id}"
    return {
        "join": "/join/",
        "join_by_code": "/join/code/",
        "join_sent": "/join/sent/",
        "join_course": "/join/course/ny-i-styret/",
        "join_with": f"/join/with/{link.token}/",
        "join_confirm": f"/join/confirm/{none}/",
        "join_address": f"/join/address/{none}/",
        "join_invited": f"/join/{none}/",
        "invite_links": "/join/links/",
        "invite_link": f"/join/links/{link.token}/",
        "revoke_invite_link": f"/join/links/{link.token}/revoke/",
        "join_waiting": "/join/waiting/",
        "send_invitations": "/join/waiting/invite/",
        "print_join_codes": "/join/waiting/codes/",
        "join_code_anew": f"/join/anew/{campaign.public_id}/",
        "campaigns": "/join/campaigns/",
        "campaign_board": f"{day}/board/",
        "campaign_board_figures": f"{day}/board/figures/",
        "campaign_wall": f"{day}/wall/",
        "campaign_wall_figures": f"{day}/wall/figures/",
        "campaign_link": f"{day}/link/",
    }


def _second_factor(world: World) -> dict[str, str]:
    """The pages of the second factor. Kari has a passkey, an app and recovery codes."""
    places = {
        "index": "", "authenticate": "authenticate/", "reauthenticate": "reauthenticate/",
        "activate_totp": "totp/activate/", "deactivate_totp": "totp/deactivate/",
        "view_recovery_codes": "recovery-codes/", "generate_recovery_codes": "recovery-codes/generate/",
        "download_recovery_codes": "recovery-codes/download/",
        "list_webauthn": "webauthn/", "add_webauthn": "webauthn/add/", "login_webauthn": "webauthn/login/",
        "reauthenticate_webauthn": "webauthn/reauthenticate/",
        "edit_webauthn": f"webauthn/keys/{world.passkey.pk}/edit/",
        "remove_webauthn": f"webauthn/keys/{world.passkey.pk}/remove/",
    }  # fmt: skip
    return {f"mfa_{name}": f"/accounts/2fa/{place}" for name, place in places.items()}


def _make_board(unit: Unit, ola: Member, ada: Member) -> None:
    """A board in which Ola is treasurer; Ada has lent him a right."""
    organisation.make_term(ola, office="treasurer", unit=unit)
    organisation.make_loan(ola, "invite", giver=ada, unit=unit)


def _bodies() -> dict[str, str]:
    """Boards, and who may do what."""
    board = Term.objects.get(office__key="treasurer")
    bodies, loan, role = "/organisation/bodies", Delegation.objects.get(), Appointment.objects.order_by("pk")[0]
    body = f"{bodies}/{board.body.public_id}"
    return {
        "bodies": f"{bodies}/",
        "open_body": f"{bodies}/open/",
        "bodies_report": f"{bodies}/report/",
        "bodies_report_as_file": f"{bodies}/report.csv",
        "rights": f"{bodies}/rights/",
        "lend_right": f"{bodies}/rights/lend/",
        "appoint": f"{bodies}/rights/appoint/",
        "end_loan": f"{bodies}/rights/lent/{loan.pk}/end/",
        "end_appointment": f"{bodies}/rights/appointments/{role.pk}/end/",
        "body": f"{body}/",
        "change_body": f"{body}/change/",
        "body_seats": f"{body}/seats/",
        "close_body": f"{body}/close/",
        "begin_term": f"{body}/elect/",
        "end_term": f"{body}/terms/{board.pk}/",
        "body_competences": f"/competences/body/{board.body.public_id}/",
        "search_competences": "/competences/search/?competence=money.budget&level=1",
    }


def pages(world: World) -> list[str]:
    """The pages that are content, and one that is not there."""
    lessons = [lesson.url for lesson in courses.lesson_pages(world.page)]
    return [
        "/kurs/",
        "/kurs/?level=leadership.grunn&length=short",
        world.page.url,
        *lessons,
        "/nn/",
        "/en/",
        "/finnes-ikke/",
    ]


def patterns(found: Any = None, above: str = "") -> Iterator[str]:
    """The name of every pattern of ours, its route where it has none."""
    for pattern in get_resolver().url_patterns if found is None else found:
        route = f"{above}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            if not route.startswith(FOREIGN):
                yield from patterns(pattern.url_patterns, route)
        elif not (route.startswith(FOREIGN) and pattern.name):
            yield pattern.name or route


def _coverage() -> dict[str, str]:
    """The overview of Kari's unit."""
    at = f"/coverage/{Unit.objects.get(name='Nordland fylkeslag').public_id}"
    return {
        "coverage": "/coverage/",
        "count_again": "/coverage/again/",
        "coverage_unit": f"{at}/",
        "coverage_column": f"{at}/over-time/level:{courses.GRUNN}/",
        "coverage_table": f"{at}/table.csv",
        "coverage_matrix": f"{at}/people.csv",
        "coverage_courses": f"{at}/courses/",
        "coverage_completion": f"{at}/courses/ny-i-styret.csv",
    }
