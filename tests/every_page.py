"""Every type of page with something on it, as the one who meets it: what the tests of accessibility open.

The demo's own course in three languages, and people at each place of the way through it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import permission_denied
from playwright.sync_api import Page

from assessments.attempts.asked import asked_by
from assessments.attempts.models import Paper
from assessments.attempts.services import answer_check_question
from certificates.services import disclose_name, revoke_certificate
from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage
from courses.curriculum.models import Course
from courses.demo.course import load_course
from courses.demo.site import load_site
from courses.desk.my_data_jobs import ask_for_copy
from courses.desk.my_data_links import link_to
from courses.enrolment.services import complete, enrol
from courses.planning.services import review_plan
from courses.planning.template_drafts import draft_template
from courses.progression.kinds import AnyOf, Attested, Equivalent, HoursCollected
from courses.progression.models import Award, Level, LevelRule
from courses.reports.issuing import issue_to_group
from courses.tracks.drafting import add_requirement, draft_rule
from courses.tracks.extending import Wish, extend_awards, preview_extension
from courses.tracks.importing import receive_awards
from courses.tracks.models import RulePreview
from courses.tracks.previewing import ask_preview
from lms.competences import prior
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.joining.campaigns import make_campaign
from lms.joining.links import make_link
from lms.joining.models import Arrival
from lms.members.consents import give_consent, purposes
from lms.members.models import Member
from lms.merging.services import merge_members, undo_merge
from lms.organisation.leaving import leave_self
from lms.organisation.models import Body, BodySeat, Unit
from lms.periods import Period, today
from lms.reorganisation.applying import carry_out
from lms.reorganisation.models import Change
from lms.reorganisation.services import add_change, draft_reorganisation
from tests.factories import competences, courses, coverage, organisation, plans, signing
from tests.factories.register import make_import
from tests.factories.vouching import make_own_competences, own_addresses

PASSWORD = "et-langt-passord"
LANGUAGES = ("nb", "nn", "en")
UNKNOWN = "/c/00000000000000000000000000/"


@dataclass
class House:
    """The people by where they stand, and the address of everything that has a name."""

    people: dict[str, Member] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, HttpResponse] = field(default_factory=dict)


@dataclass(frozen=True)
class Sight:
    """One page to look at: its place, who looks ("" for a stranger), in which language, and what is done there."""

    place: str
    who: str = ""
    language: str = "nb"
    act: Callable[[Page], None] | None = None
    shows: str = "main h1"

    def __str__(self) -> str:
        return " ".join(filter(None, (self.place, self.who, self.language, self.act and self.act.__name__)))


def build_house() -> House:
    """Everything the sights need, made the way the services make it."""
    course = load_course(load_site())
    house = House()
    nation, nordland, _oslo, bodo = organisation.make_tree()
    for name in ("beginner", "enrolled", "wrong", "right", "ready", "taking", "failed", "passed"):
        house.people[name] = organisation.make_member(f"Åse {name.title()}", of=bodo)
    chief = house.people["administrator"] = organisation.make_member("Inga Sørvær", of=nation)
    organisation.make_appointment(chief, "administrator", unit=nordland)
    house.people["editor"] = organisation.make_member("Eva", of=nation)
    organisation.make_term(house.people["passed"], office="board_member", unit=bodo)
    _add_pages(house)
    _take_the_course(house, course)
    _take_the_test(house, course)
    _add_certificates(house)
    _add_batch(house, nordland)
    _add_imports(house, nordland)
    _add_signing(house, bodo)
    _add_directory(house, nordland)
    _add_leaving(house)
    _add_merging(house, bodo)
    _add_joining(house, nordland)
    _add_bodies(house, bodo)
    _add_reorganisations(house, nordland, bodo)
    _add_rules(house, nation)
    _add_together(house)
    _add_awards_in_bulk(house, nordland, bodo)
    _add_plans(house, bodo)
    _add_competences(house)
    _add_coverage(house, nordland, bodo)
    house.bodies = {"403": _forbidden(), "500": HttpResponse(render_to_string("500.html"), status=500)}
    house.places |= {name: f"/{name}/" for name in house.bodies}
    return house


def _add_coverage(house: House, county: Unit, branch: Unit) -> None:
    """A county with enough people to be shown, counted for three months."""
    coverage.make_people(branch, *[0, 1, 2, 3] * 8)
    coverage.count_months()
    at = f"/coverage/{county.public_id}"
    house.places |= {
        "coverage": f"{at}/?group=all",
        "coverage column": f"{at}/over-time/money.budget/?group=all",
        "coverage courses": f"{at}/courses/",
    }


def _add_pages(house: House) -> None:
    for language in LANGUAGES:
        kinds = {"front": HomePage, "index": CourseIndexPage, "course": CoursePage}
        for name, kind in kinds.items():
            house.places[f"{name} {language}"] = kind.objects.get(locale__language_code=language).url
    lessons = courses.lesson_pages(CoursePage.objects.get(locale__language_code="nb"))
    house.places |= {"film and episode": lessons[0].url, "lesson": lessons[1].url}
    house.places |= {"lesson en": LessonPage.objects.filter(locale__language_code="en").order_by("path")[0].url}
    house.places |= {name: f"/{name}/" for name in ("desk", "notices", "c", "finnes-ikke")}
    house.places |= {
        "shelf": "/desk/certificates/",
        "my data": "/desk/data/",
        "my copy": "/desk/data/copy/",
        "my consents": "/desk/data/consents/",
        "who saw me": "/desk/data/seen/",
        "leave": "/desk/data/leave/",
        "left": "/desk/data/left/",
        "unknown": UNKNOWN,
        "sign in": "/accounts/login/",
        "reset": "/accounts/password/reset/",
        "reset sent": "/accounts/password/reset/done/",
        "reset link spent": "/accounts/password/reset/key/1-set-password/",
        "new password": "/accounts/password/change/",
        "address": "/accounts/email/",
        "sign out": "/accounts/logout/",
        "choose": "/reports/certificates/",
    }


def _take_the_course(house: House, course: Course) -> None:
    """Each reader to a place of their own: begun, answered wrong or right, finished."""
    lesson = courses.outline(course).taught[1]
    paper = Paper.objects.get(pk=next(item.paper_id for item in lesson.items if item.kind == "quiz"))
    for name in ("enrolled", "wrong", "right"):
        enrol(member=house.people[name], course=course)
        courses.finish(course, house.people[name], courses.outline(course).taught[0])
    courses.answer_quiz(paper, house.people["right"])
    for asked in asked_by(paper.pk):
        answer = next(choice.id for choice in asked.content.choices if not choice.right)
        answer_check_question(paper=paper, member=house.people["wrong"], version_id=asked.version_id, answer=[answer])
    outline = courses.outline(course)
    for name in ("ready", "taking", "failed", "passed"):
        enrol(member=house.people[name], course=course)
        complete(member=house.people[name], outline=outline, activity_ids=outline.required)


def _take_the_test(house: House, course: Course) -> None:
    paper = Paper.objects.get(mode=Paper.Mode.TEST)
    begun = courses.make_attempt(paper, house.people["taking"], right=3, hand_in=False)
    failed = courses.make_attempt(paper, house.people["failed"], right=5)
    passed = courses.make_attempt(paper, house.people["passed"], right=18)
    test = f"/learn/{course.key}/test/"
    house.places |= {"test": test, "overview": f"{test}{begun.public_id}/"}
    house.places |= {"question": f"{test}{begun.public_id}/4/", "question answered": f"{test}{begun.public_id}/2/"}
    house.places |= {"failed": f"{test}{failed.public_id}/result/", "passed": f"{test}{passed.public_id}/result/"}


def _add_certificates(house: House) -> None:
    """One for each verdict; the genuine one is on the shelf of the one who passed."""
    holder = house.people["passed"]
    genuine = courses.make_credential(holder, stones=1)
    disclose_name(credential=genuine, disclosure="named", by=holder)
    lapsed = courses.make_credential(holder, awarded_on=dt.date(2020, 1, 1), valid_until=dt.date(2024, 1, 1))
    revoked = courses.make_credential(house.people["ready"])
    revoke_certificate(credential=revoked, reason="Feil person", by=house.people["administrator"])
    for name, credential in (("genuine", genuine), ("lapsed", lapsed), ("revoked", revoked)):
        house.places[name] = f"/c/{credential.number}/"
    house.places["own certificate"] = f"/desk/certificates/{genuine.public_id}/"
    house.places["own lapsed"] = f"/desk/certificates/{lapsed.public_id}/"
    house.places["issued"] = f"/reports/certificates/{genuine.public_id}/"
    house.places["issued, revoked"] = f"/reports/certificates/{revoked.public_id}/"


def _add_imports(house: House, county: Unit) -> None:
    """The member register: a file of each kind, and columns nobody recognises."""
    chief, known = house.people["administrator"], house.people["beginner"]
    for state in ("ready", "refused", "waiting", "applied", "applying"):
        row = make_import(county, chief, known, state=state)
        house.places[f"import {state}"] = f"/organisation/register/{row.public_id}/"
    house.places["import changed"] = f"{house.places['import ready']}?show=changed"
    house.places |= {"imports": "/organisation/register/", "columns": "/organisation/register/columns/?header=Mnr"}


def _add_batch(house: House, county: Unit) -> None:
    """A batch that is done, with a line of each kind; one that works; and people who wait for the next."""
    level, chief = Level.objects.get(key=courses.GRUNN), house.people["administrator"]
    for name in ("Åse-Márjá Østby", "Per Pål", ""):
        courses.make_award(organisation.make_member(name, of=county), origin=Award.Origin.RECORDED)
    job = issue_to_group(subject=level, unit=county, by=chief)
    run_waiting()
    courses.make_award(organisation.make_member("Nils Vent", of=county), origin=Award.Origin.RECORDED)
    working = Job.objects.create(
        kind=job.kind, key="working", created_by=chief, state=Job.State.RUNNING, payload=job.payload, total=9, done=4
    )
    broken = Job.objects.create(
        kind=job.kind, key="broken", created_by=chief, state=Job.State.FAILED, payload=job.payload, total=9, done=4
    )
    chosen = f"/reports/certificates/?what=level:{level.key}&unit={county.code}"
    house.places |= {"preview": chosen, "preview of nobody": f"{chosen}&name=zzz"}
    house.places |= {"batch": f"/reports/certificates/batch/{job.public_id}/"}
    house.places |= {"batch at work": f"/reports/certificates/batch/{working.public_id}/?still=1"}
    house.places |= {"job": f"/jobs/{job.public_id}/", "job broken": f"/jobs/{broken.public_id}/"}


def _add_signing(house: House, branch: Unit) -> None:
    """The ways to sign in, and somebody who has them all."""
    secured = house.people["secured"] = organisation.make_member("Åse Secured", of=branch)
    signing.make_app(secured)
    passkey = f"webauthn/keys/{signing.make_passkey(secured).pk}"
    codes = ("recovery-codes/", "recovery-codes/generate/", "totp/activate/", "totp/deactivate/", "reauthenticate/")
    keys = ("webauthn/", "webauthn/add/", "webauthn/reauthenticate/", f"{passkey}/edit/", f"{passkey}/remove/")
    for place in ("", *codes, *keys):
        house.places[f"factor {place.rstrip('/').removeprefix(passkey)}"] = f"/accounts/2fa/{place}"
    house.places |= {"second factor": "/accounts/second-factor/", "confirm": "/accounts/reauthenticate/"}
    house.places |= {"sign in again": "/accounts/reauthenticate/again/"}


def _add_bodies(house: House, unit: Unit) -> None:
    """A board with a vacant seat, a rule that is not kept, one who comes and one who sat before; and a loan."""
    term, chief = house.people["passed"].terms.get(), house.people["administrator"]
    board, member = term.body, house.people["ready"]
    Body.objects.filter(pk=board.pk).update(authority="Vedtektene § 7", least_of_each_gender=40)
    BodySeat.objects.create(body=board, office=organisation.make_office("chair"), number=1)
    board.terms.create(member=member, office=term.office, valid_from=today() + dt.timedelta(days=9), election="Årsmøte")
    organisation.make_loan(member, "invite", giver=chief, unit=unit)
    bodies = "/organisation/bodies/"
    house.places |= {"bodies": bodies, "no bodies": f"{bodies}?name=zzz", "bodies report": f"{bodies}report/"}
    house.places |= {"rights": f"{bodies}rights/", "open body": f"{bodies}open/", "body": f"{bodies}{board.public_id}/"}
    body, chosen = house.places["body"], f"?person={member.public_id}"
    house.places |= {f"{act} body": f"{body}{act}/" for act in ("change", "seats", "close")}
    house.places |= {"elect whom": f"{body}elect/?name=åse", "elect": f"{body}elect/{chosen}"}
    house.places |= {"end term": f"{body}terms/{term.pk}/", "lend to whom": f"{bodies}rights/lend/"}
    house.places |= {f"{act} right": f"{bodies}rights/{act}/{chosen}" for act in ("lend", "appoint")}


def _add_together(house: House) -> None:
    """What a board can together, with a row of each verdict and one's own word; and who can be found."""
    able, needs = house.people["passed"], {"money.budget": (2, 2), "care.privacy": (1, 0), "lead.plan": (3, 1)}
    for key, (level, least) in needs.items():
        competences.make_body_need(key, level=level, least=least)
    competences.make_need("share.plan", office="board_member", level=2)
    competences.make_evidence(able, level=2)
    competences.make_evidence(able, kind="self", key="lead.plan", level=3)
    give_consent(member=able, purpose="competence_search")
    board = able.terms.get().body
    search = "/competences/search/"
    house.places |= {"together": f"/competences/body/{board.public_id}/", "search": search}
    house.places |= {"search found": f"{search}?competence=money.budget&level=1"}
    house.places |= {"search nobody": f"{search}?competence=lead.plan", "search wrongly": f"{search}?competence="}


def _add_directory(house: House, county: Unit) -> None:
    """The administrator's pages: the tree, a county, people, and one who has held an office and passed."""
    passed = f"/organisation/people/{house.people['passed'].public_id}/"
    house.places |= {"organisation": "/organisation/", "units": "/organisation/units/"}
    house.places |= {"units found": "/organisation/units/?name=bod&on=2020-01-01"}
    house.places |= {"unit": f"/organisation/units/{county.public_id}/", "people": "/organisation/people/"}
    house.places |= {"people chosen": "/organisation/people/?office=board_member"}
    house.places |= {"people none": "/organisation/people/?name=zzz"}
    house.places |= {"person": passed, "move person": f"{passed}move/", "leave person": f"{passed}leave/"}
    house.places |= {"add person": "/organisation/people/add/"}


def _add_leaving(house: House) -> None:
    """A copy that can be fetched, and the link of somebody who has left by themselves."""
    ask_for_copy(member=house.people["ready"], by=house.people["ready"])
    run_waiting()
    gone = organisation.make_member("Åse Borte", email="borte@example.org")
    house.places["leaving choice"] = link_to(leave_self(member=gone, keeps_history=False, by=gone))


def _add_competences(house: House) -> None:
    """One's own competences: one who has said and asked something, and one who has vouched and keeps levels."""
    person, giver = house.people["passed"], house.people["administrator"]
    make_own_competences(person, giver)
    house.places |= {f"own {name}": place for name, place in own_addresses(person).items()}
    draft = prior.begin(member=person, by=person)
    house.places["own draft"] = f"/competences/prior/{draft.public_id}/"
    house.places["own vouch what"] = f"{house.places['own vouch']}?competence=money.budget"


def _add_merging(house: House, branch: Unit) -> None:
    """A pair to look at, one that was merged, one that was parted again; and consents given."""
    chief, pairs = house.people["administrator"], []
    for name in ("Dora Dobbel", "Mona Sammen", "Siri Skilt"):
        number, is_not = name.split()[1], {"status": "sympathiser"}
        kept = organisation.make_member(name, of=branch, member_number=number, birth_year=1980)
        pairs.append((kept, organisation.make_member(name, of=branch, **is_not)))
    merged = [merge_members(kept=one, absorbed=other, reason="Samme person", by=chief) for one, other in pairs[1:]]
    undo_merge(merge=merged[1], by=chief)
    house.places |= {"merging": "/organisation/merging/", "merging found": "/organisation/merging/?q=dobbel"}
    house.places["merge preview"] = f"/organisation/merging/{pairs[0][0].public_id}/{pairs[0][1].public_id}/"
    for name, merge in zip(("merge", "merge undone"), merged, strict=True):
        house.places[name] = f"/organisation/merging/done/{merge.public_id}/"
    give_consent(member=house.people["passed"], purpose=purposes()[0].key)


def _add_joining(house: House, county: Unit) -> None:
    """The doors, a link, and a recruiting day that some have come on."""
    chief, day = house.people["administrator"], Period(today(), today() + dt.timedelta(days=1))
    campaign = make_campaign(name="Vervedagen", unit=county, period=day, by=chief, goal=10)
    link = make_link(unit=county, by=chief, campaign=campaign)
    Arrival.objects.bulk_create(Arrival(campaign=campaign, unit=county) for _ in range(6))
    supporter = house.people["sympathiser"] = organisation.make_member("Siv", of=county, status="sympathiser")
    give_consent(member=supporter, purpose="sympathiser")
    board = f"/join/campaigns/{campaign.public_id}"
    house.places |= {"board": f"{board}/board/", "wall": f"{board}/wall/", "invite link": f"/join/links/{link.token}/"}
    house.places |= {"passed on": f"/join/with/{link.token}/", "shut link": f"/join/{'x' * 32}/", "take part": "/join/"}
    names = {"join code": "code", "sent": "sent", "invite": "links", "no account": "waiting", "campaigns": "campaigns"}
    house.places |= {name: f"/join/{path}/" for name, path in names.items()}


def _add_reorganisations(house: House, county: Unit, branch: Unit) -> None:
    """A draft that can be applied, one in which people have no place, and one that was applied."""
    home, kind = "/organisation/changes", Change.Kind
    on = dt.date(2026, 1, 1)
    good, wrong, done = (draft_reorganisation(name=name, on=on, by=None) for name in ("Samlet", "Delt", "Ny kode"))
    add_change(reorganisation=good, kind=kind.MERGE, units=[branch], target=county, by=None)
    add_change(reorganisation=wrong, kind=kind.SPLIT, units=[branch], target=county, postal_codes="9999", by=None)
    add_change(reorganisation=done, kind=kind.RENAME, units=[county], code="18-ny", by=None)
    carry_out(reorganisation=done, by=None)
    house.places |= {"changes": f"{home}/", "new change": f"{home}/new/", "over time": f"{home}/report/?on=2026-01-02"}
    house.places |= {"change": f"{home}/{good.public_id}/", "change over": f"{home}/{good.public_id}/preview/"}
    house.places |= {"change wrong": f"{home}/{wrong.public_id}/preview/"}
    house.places |= {"change people": f"{home}/{wrong.public_id}/people/"}
    house.places |= {f"add {one}": f"{home}/{good.public_id}/add/{one}/" for one in ("merge", "split", "rename")}
    house.places |= {"change done": f"{home}/{done.public_id}/", "change undo": f"{home}/{done.public_id}/undo/"}


def _add_rules(house: House, nation: Unit) -> None:
    """Tracks and levels: a draft with groups and a replacement, what it would mean, and the rule in force."""
    top = house.people["national"] = organisation.make_member("Arne Træen", of=nation)
    organisation.make_appointment(top, "administrator", unit=nation)
    in_force = LevelRule.objects.adopted().get(level__key=courses.GRUNN)
    courses.make_award(organisation.make_member("Tora Høyde", of=nation), rule=in_force)
    draft = draft_rule(level=Level.objects.get(key=courses.GRUNN), by=top)
    group = add_requirement(rule=draft, kind=AnyOf, told={"least": 1}, by=top)
    told = {"least_hours": 12, "within_months": 48, "key": "hours"}
    hours = add_requirement(rule=draft, kind=HoursCollected, told=told, under=group, by=top)
    named = {"name": "realkompetanse", "title": {"nb": "realkompetanse"}}
    instead = add_requirement(rule=draft, kind=Equivalent, told=named, under=hours, by=top)
    add_requirement(rule=draft, kind=HoursCollected, told=told, under=instead, by=top)
    add_requirement(rule=draft, kind=HoursCollected, told=told, part="renewal", by=top)
    done = ask_preview(rule=draft, by=top)
    run_waiting()
    at_work = RulePreview.objects.create(rule=draft, by=top, job=Job.objects.get(key="working"))
    home, one = "/tracks", f"/tracks/rules/{draft.pk}"
    level, rule = f"{home}/levels/{courses.GRUNN}", f"{home}/rules/{in_force.pk}"
    house.places |= {"tracks": f"{home}/", "new track": f"{home}/new/", "track level": f"{level}/", "draft": f"{one}/"}
    house.places |= {"level words": f"{level}/texts/", "draft terms": f"{one}/terms/", "draft adopt": f"{one}/adopt/"}
    house.places |= {"draft choose": f"{one}/add/", "draft preview": f"{home}/previews/{done.public_id}/"}
    house.places |= {"draft at work": f"{home}/previews/{at_work.public_id}/?still=1"}
    house.places |= {f"draft {kind}": f"{one}/add/{kind}/" for kind in ("course", "office", "paper", "attestation")}
    house.places |= {"draft change": f"{one}/{hours.pk}/", "rule as it was": f"{rule}/"}
    house.places |= {"rule adopted": f"{rule}/adopted/"}


def _add_awards_in_bulk(house: House, nordland: Unit, bodo: Unit) -> None:
    """The ladder of one whose level lapses soon and of one whose has; an extension; two files of earlier awards."""
    rule, day = LevelRule.objects.adopted().get(level__key=courses.GRUNN), today()
    either = AnyOf.objects.create(rule=rule, part="renewal", least=1)
    HoursCollected.objects.create(rule=rule, part="renewal", parent=either, least_hours=12, within_months=48)
    Attested.objects.create(rule=rule, part="renewal", parent=either, about="praksis", title={"nb": "Praksisoppgaven"})
    for name, days in (("soon", 100), ("later", 150), ("gone", -100)):
        person = house.people[name] = organisation.make_member(f"Åse {name.title()}", of=bodo, member_number=name)
        lapses = day + dt.timedelta(days=days)
        courses.make_award(person, rule=rule, on=day - dt.timedelta(days=1300), valid_until=lapses)
    chief = house.people["administrator"]
    window = {"lapsing_from": day + dt.timedelta(days=120), "lapsing_until": day + dt.timedelta(days=200)}
    wish = Wish(rule.level, nordland, **window, until=day + dt.timedelta(days=400))
    seen = preview_extension(wish).fingerprint
    made = extend_awards(wish=wish, decision="Fylkesstyret, sak 12/26", fingerprint=seen, by=chief)
    home, asked = "/tracks", f"level={rule.level.key}&unit={nordland.public_id}&lapsing_from={day}"
    until, last = wish.until, wish.lapsing_until
    house.places |= {"ladder": f"{home}/ladder/", "level on ladder": f"{home}/ladder/level/{rule.level.key}/"}
    house.places |= {"lapses": f"{home}/lapsing/", "lapses, begun": f"{home}/lapsing/?begun=yes"}
    house.places |= {"extensions": f"{home}/extending/", "extension": f"{home}/extending/{made.public_id}/"}
    house.places |= {"extend": f"{home}/extending/look/?{asked}&last={last}&until={until}"}
    house.places |= {"extend wrongly": f"{home}/extending/look/?{asked}&last={last}&until={day}"}
    house.places |= {"earlier awards": f"{home}/earlier/"}
    for name, rows in (("good", "soon;;2020-03-14"), ("wrong", "ukjent;;2020-03-14\nsoon;Kari;i fjor")):
        text = io.BytesIO(f"Medlemsnummer;Navn;Dato\n{rows}".encode())
        found = receive_awards(file=text, name="f.csv", level=rule.level, source="Gammelt register", by=chief)
        house.places[f"earlier {name}"] = f"{home}/earlier/{found.public_id}/"


def _add_plans(house: House, unit: Unit) -> None:
    """Plans of a person, a board and a unit, with a talk; a template, and a version of it that is being written."""
    member = house.people["passed"]
    board, some = member.terms.get().body, {"is_coverage": True, "least_share": 80}
    courses_of_plan = {"kind": "course", "course": Course.objects.order_by("pk")[0]}
    template = plans.make_template([[plans.TASK, courses_of_plan, plans.level_goal()], [plans.TASK]])
    for person in ("beginner", "passed"):
        plans.make_plan(house.people[person], template=template, start=today() - dt.timedelta(days=200))
    own = member.plans.get()
    review = review_plan(plan=own, words="Det går fint", by=member)
    goals = [[plans.level_goal(**some)], [plans.TASK]]
    shared = [plans.make_plan(goals=goals, start=today(), **whose) for whose in ({"body": board}, {"unit": unit})]
    draft_template(template=template, by=None)
    own_place, (body, whole) = f"/plans/{own.public_id}/", (f"/plans/{plan.public_id}/" for plan in shared)
    goal, templates = plans.goals_of(own)[0], "/plans/templates/"
    draft = f"{templates}{template.key}/2/"
    house.places |= {"my plan": "/plans/", "new plan": "/plans/new/", "plans": "/plans/all/", "plan": own_place}
    house.places |= {"board plan": body, "unit plan": whole, "plan talk": f"{own_place}talks/{review.public_id}/"}
    house.places |= {"plan goals": f"{own_place}goals/", "change goal": f"{own_place}goals/{goal.pk}/"}
    house.places |= {"add goal": f"{body}goals/add/1/?kind=level", "plan changes": f"{own_place}changes/"}
    house.places |= {f"{act} plan": f"{own_place}{act}/" for act in ("close", "talk", "carry", "ask")}
    house.places |= {"templates": templates, "template": f"{templates}{template.key}/1/", "template draft": draft}
    house.places |= {f"template {part}": f"{draft}{part}/" for part in ("name", "adopt", "stages/1", "stages/1/goal")}
    house.places |= {"unit for plan": "/plans/all/unit/", "make plan": f"/plans/all/make/?unit={unit.public_id}&see=1"}


def _forbidden() -> HttpResponse:
    """The page of a refusal: no address of the house leads to it for a reader, rules answer 404 before."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return permission_denied(request, PermissionDenied())


def send_an_old_form(tab: Page) -> None:
    """Send the sign-in form without the cookie that proves where it came from."""
    tab.context.clear_cookies(name="csrftoken")
    tab.fill("[name=login]", "ola@example.org")
    tab.fill("[name=password]", PASSWORD)
    with tab.expect_navigation():
        tab.press("[name=password]", "Enter")


def sign_in_wrongly(tab: Page) -> None:
    """Try a password that is not the right one."""
    tab.fill("[name=login]", "ola@example.org")
    tab.fill("[name=password]", "ikke-dette")
    tab.press("[name=password]", "Enter")
    tab.wait_for_selector("[role=alert]")


def merge_without_a_reason(tab: Page) -> None:
    """Press "make them one" with blanks where the reason belongs."""
    tab.fill("[name=reason]", " ")
    tab.press("[name=reason]", "Enter")
    tab.wait_for_selector("[role=alert]")


def revoke_without_a_reason(tab: Page) -> None:
    """Press "revoke" with the reason left empty."""
    tab.click("button[data-color=danger]")
    tab.wait_for_selector("[role=alert]")


def leave_without_a_choice(tab: Page) -> None:
    """Press "leave" with nothing chosen; the browser's own reminder set aside."""
    tab.locator("main form").evaluate("form => form.noValidate = true")
    tab.click("button[data-color=danger]")
    tab.wait_for_selector("[role=alert]")


def add_nobody(tab: Page) -> None:
    """Press "add" with nothing written."""
    tab.click("main form button[data-big]")
    tab.wait_for_selector("[role=alert]")


def decide_upon_a_rule(tab: Page) -> None:
    tab.fill("[name=decision]", "Landsstyret 14. oktober 2026, sak 31")
    tab.locator("main form button").click()
    tab.wait_for_selector("button[value=yes]")


def send_the_form_empty(tab: Page) -> None:
    """Press the main button with nothing filled in."""
    tab.click("main form.t-form button")
    tab.wait_for_selector("[role=alert]")


STRANGERS = ("front", "index", "course")
SIGHTS = [
    *(Sight(f"{name} {language}", language=language) for name in STRANGERS for language in LANGUAGES),
    *(Sight(f"course {language}", "enrolled", language) for language in LANGUAGES),
    *(Sight("desk", "enrolled", language) for language in LANGUAGES),
    Sight("course nb", "beginner"),
    Sight("course nb", "ready", shows="main a[href$='/test/']"),
    Sight("course nb", "passed", shows=".t-standing"),
    Sight("front nb", "passed"),
    Sight("lesson"),
    Sight("lesson", "enrolled", shows=".t-qbox button"),
    Sight("lesson", "wrong", shows=".t-answer--again"),
    Sight("lesson", "right", shows=".t-answer"),
    Sight("lesson en", "enrolled", "en"),
    Sight("film and episode", "enrolled", shows="main video, main audio"),
    *(Sight("test", who) for who in ("enrolled", "failed")),
    *(Sight("test", who, shows="main form button") for who in ("ready", "taking")),
    Sight("test", "passed", shows=".t-standing"),
    Sight("question", "taking"),
    Sight("question answered", "taking", shows="main input:checked"),
    Sight("overview", "taking"),
    Sight("failed", "failed"),
    Sight("passed", "passed", shows="main a[href='/desk/certificates/']"),
    Sight("desk", "beginner"),
    Sight("desk", "passed"),
    Sight("desk", "administrator"),
    Sight("shelf", "passed"),
    Sight("shelf", "beginner"),
    Sight("own certificate", "passed"),
    Sight("own lapsed", "passed"),
    *(Sight("my data", "passed", language) for language in LANGUAGES),
    Sight("my copy", "passed"),
    Sight("my copy", "ready", shows="main form[action$='.zip'] button"),
    *(Sight(name, who) for name in ("my consents", "who saw me") for who in ("passed", "beginner")),
    Sight("leave", "passed"),
    Sight("leave", "passed", act=leave_without_a_choice),
    Sight("left"),
    Sight("leaving choice"),
    Sight("notices", "passed"),
    Sight("notices", "beginner"),
    *(Sight(name) for name in ("genuine", "lapsed", "revoked", "unknown", "c")),
    *(Sight(name) for name in ("sign in", "reset", "reset sent", "reset link spent")),
    Sight("sign in", act=sign_in_wrongly),
    Sight("sign in", act=send_an_old_form),
    *(Sight(name, "beginner") for name in ("new password", "address", "sign out")),
    *(Sight(name, "beginner") for name in ("second factor", "sign in again", "factor ")),
    *(Sight(f"factor {name}", "beginner") for name in ("totp/activate", "webauthn/add")),
    *(Sight(f"factor {name}", "secured") for name in ("", "webauthn", "recovery-codes", "recovery-codes/generate")),
    *(Sight(f"factor {name}", "secured") for name in ("totp/deactivate", "/edit", "/remove", "reauthenticate")),
    Sight("factor webauthn/reauthenticate", "secured"),
    *(Sight(name, "administrator") for name in ("choose", "preview", "preview of nobody", "batch", "batch at work")),
    *(Sight(name, "administrator") for name in ("issued", "issued, revoked", "job", "job broken")),
    Sight("issued", "administrator", act=revoke_without_a_reason),
    *(Sight(f"import {state}", "administrator") for state in ("ready", "changed", "refused", "waiting", "applied")),
    *(Sight(name, "administrator") for name in ("imports", "columns", "import applying")),
    *(Sight(name, "administrator") for name in ("organisation", "units", "units found", "unit", "people", "person")),
    *(Sight(name, "administrator") for name in ("people chosen", "people none", "move person", "leave person")),
    *(Sight(name, "administrator", language) for name in ("people", "person") for language in ("nn", "en")),
    Sight("add person", "administrator", act=add_nobody),
    *(Sight(name, "administrator") for name in ("merging", "merging found", "merge preview", "merge", "merge undone")),
    Sight("merge preview", "administrator", act=merge_without_a_reason),
    *(Sight(name) for name in ("take part", "join code", "passed on", "sent", "shut link")),
    *(Sight(name, "administrator") for name in ("invite", "invite link", "no account", "campaigns", "board", "wall")),
    Sight("take part", "sympathiser"),
    *(Sight(name, "administrator") for name in ("changes", "new change", "over time", "change", "change over")),
    *(Sight(name, "administrator") for name in ("change wrong", "change people", "change done", "change undo")),
    *(Sight(name, "national", language) for name in ("tracks", "track level", "draft") for language in LANGUAGES),
    *(Sight(name, "administrator") for name in ("tracks", "track level", "rule adopted", "rule as it was")),
    *(Sight(name, "national") for name in ("new track", "level words", "draft choose", "draft terms", "draft change")),
    *(Sight(f"draft {kind}", "national") for kind in ("course", "office", "paper", "attestation", "at work")),
    Sight("draft course", "national", act=send_the_form_empty),
    Sight("draft preview", "national"),
    Sight("draft adopt", "national", act=send_the_form_empty),
    Sight("draft adopt", "national", act=decide_upon_a_rule),
    *(Sight(name, who) for name in ("ladder", "level on ladder") for who in ("beginner", "passed", "soon", "gone")),
    *(Sight("ladder", "gone", language) for language in ("nn", "en")),
    *(Sight(name, "administrator") for name in ("lapses", "lapses, begun", "extensions", "extend", "extension")),
    *(Sight(name, "administrator") for name in ("extend wrongly", "earlier awards", "earlier good", "earlier wrong")),
    Sight("lapses", "administrator", "nn"),
    *(Sight(f"add {kind}", "administrator") for kind in ("merge", "split", "rename")),
    *(Sight(name, "administrator") for name in ("bodies", "no bodies", "bodies report", "body", "rights", "open body")),
    *(Sight(f"{act} body", "administrator") for act in ("change", "seats", "close")),
    *(Sight(name, "administrator") for name in ("elect whom", "elect", "lend to whom", "lend right", "appoint right")),
    *(Sight(name, "administrator", act=send_the_form_empty) for name in ("elect", "end term", "lend right")),
    Sight("body", "passed", shows=".t-shares"),
    *(Sight("together", "passed", language, shows=".t-heat") for language in LANGUAGES),
    Sight("together", "administrator", shows=".t-heat"),
    *(Sight(name, "administrator") for name in ("search", "search found", "search nobody", "search wrongly")),
    Sight("rights", "beginner"),
    *(Sight("my plan", "beginner", language) for language in LANGUAGES),
    *(Sight("my plan", who) for who in ("passed", "enrolled")),
    *(Sight(name, "passed") for name in ("new plan", "plan talk", "board plan", "ask plan", "talk plan", "close plan")),
    *(Sight(name, "administrator") for name in ("plans", "plan", "board plan", "unit plan", "plan goals")),
    *(Sight(name, "administrator") for name in ("change goal", "add goal", "plan changes", "carry plan")),
    *(Sight(name, "administrator") for name in ("templates", "template", "unit for plan")),
    Sight("template draft", "national"),
    *(Sight(f"template {part}", "national") for part in ("name", "adopt", "stages/1", "stages/1/goal")),
    *(Sight(name, "administrator", act=send_the_form_empty) for name in ("add goal", "close plan")),
    Sight("make plan", "administrator"),
    *(Sight(f"own {name}", "passed") for name in ("own_competences", "competence", "map_competence", "map_question")),
    *(Sight(f"own {name}", "passed") for name in ("end_mapping", "mapping_viewers", "ask_attestation", "attestation")),
    *(Sight(f"own {name}", "passed") for name in ("apply_prior", "prior_application", "draft", "attestations")),
    *(Sight(f"own {name}", "administrator") for name in ("attestations", "attestation", "shown_mapping", "vouch")),
    *(Sight(f"own {name}", "administrator") for name in ("vouch what", "correct_attestation", "prior_queue")),
    Sight("own review_prior", "administrator"),
    Sight("own ask_attestation", "passed", act=send_the_form_empty),
    *(Sight(name, "administrator") for name in ("coverage", "coverage column", "coverage courses")),
    *(Sight(name) for name in ("finnes-ikke", "403", "500")),
]
