"""Another system writes people down: SCIM 2.0, by the rules of the register import, behind one token."""

import hashlib
import json

import pytest
from django.test import Client

from lms.audit.models import Entry
from lms.members.models import Leaving, Member
from lms.merging.models import Merge
from lms.organisation.models import Membership
from lms.organisation.signals import member_joined, member_left, member_moved
from lms.periods import today
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
USERS = "/scim/v2/Users"
TOKEN = "et-tegn-som-bare-registeret-kjenner"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"


@pytest.fixture(autouse=True)
def units(settings, db):
    settings.TILLIT_SCIM_TOKEN_HASH = hashlib.sha256(TOKEN.encode()).hexdigest()
    return make_tree()


@pytest.fixture
def scim():
    """``scim(method, path, body)``: asked with the token; the answer, with ``said`` as its JSON."""
    client = Client(headers={"Authorization": f"Bearer {TOKEN}"}, enforce_csrf_checks=True)

    def ask(method, path, body=None, **query):
        sent = (
            {"data": json.dumps(body), "content_type": "application/scim+json"} if body is not None else {"data": query}
        )
        answer = getattr(client, method)(path, **sent)
        answer.said = json.loads(answer.content) if answer.content else {}
        return answer

    return ask


def person(unit, number="4711", **more):
    return {
        "schemas": [CORE, ENTERPRISE],
        "userName": number,
        "name": {"givenName": "Åse-Márjá", "familyName": "Østby"},
        "emails": [{"value": "privat@example.org"}, {"value": "ase@example.org", "primary": True}],
        "preferredLanguage": "nn-NO",
        ENTERPRISE: {"department": unit.code},
        "title": "Direktør",
        **more,
    }


def replaced(**values):
    return {"Operations": [{"op": "Replace", "path": path, "value": value} for path, value in values.items()]}


@pytest.fixture
def ase(scim, units) -> Member:
    return Member.objects.get(public_id=scim("post", USERS, person(units[1])).said["id"])


def test_a_person_is_written_down_with_a_membership_and_the_day(scim, units, heard):
    joined = heard(member_joined)
    answer = scim("post", USERS, person(units[1]))
    member = Member.objects.get()
    assert answer.status_code == 201
    assert answer["Location"].endswith(f"/scim/v2/Users/{member.public_id}")
    assert (member.member_number, member.name, member.email) == ("4711", "Åse-Márjá Østby", "ase@example.org")
    assert (member.language, member.has_usable_password()) == ("nn", False)
    row = Membership.objects.get()
    assert (row.unit, row.status, row.valid_from, row.valid_until) == (units[1], "member", today(), None)
    assert [call["ids"] for call in joined] == [[member.pk]]


def test_what_is_not_kept_is_neither_stored_nor_told(scim, ase):
    told = scim("get", f"{USERS}/{ase.public_id}").said
    assert "Direktør" not in json.dumps(told)
    assert told["userName"] == "4711"
    assert told["emails"] == [{"value": "ase@example.org", "primary": True}]
    assert told[ENTERPRISE]["department"] == ase.memberships.get().unit.code
    assert set(told["meta"]) == {"resourceType", "created", "location"}


def test_the_trail_names_the_program_and_no_person(scim, ase):
    entry = Entry.objects.get(act="provision_person")
    assert entry.actor is None and entry.subject == f"member:{ase.public_id}"
    assert "ase@" not in json.dumps(entry.details)


def test_a_unit_is_given_by_its_full_name_as_well(scim, units):
    body = person(units[1], **{ENTERPRISE: {"department": units[1].name}})
    assert scim("post", USERS, body).status_code == 201


BROKEN = [
    ({ENTERPRISE: {"department": "Ingenmannsland"}}, "department"),
    ({ENTERPRISE: {}}, "department"),
    ({"emails": [{"value": "ikke en adresse"}]}, "emails"),
    ({"userName": ""}, "userName"),
    ({"name": {}}, "name"),
    ({"name": {"givenName": "Bare"}}, "familyName"),
    ({"externalId": "noe-annet"}, "externalId"),
    ({"active": "kanskje"}, "active"),
    ({"preferredLanguage": "klingon"}, "preferredLanguage"),
]


@pytest.mark.parametrize(("change", "named"), BROKEN)
def test_what_breaks_a_rule_of_the_register_is_said_and_nothing_is_written(scim, units, change, named):
    answer = scim("post", USERS, {**person(units[1]), **change})
    assert answer.status_code == 400
    assert named in answer.said["detail"]
    assert not Member.objects.exists()


def test_a_number_that_was_merged_away_is_a_conflict_and_makes_no_second_person(scim, units):
    kept, gone = make_member("Kari", of=units[3], member_number="1"), make_member("Kari")
    Merge.objects.create(kept=kept, absorbed=gone, reason="same person", former_number="4711")
    answer = scim("post", USERS, person(units[3]))
    assert (answer.status_code, answer.said["scimType"]) == (409, "uniqueness")
    assert not Member.objects.filter(member_number="4711").exists()


def test_a_number_that_comes_twice_is_a_conflict(scim, units, ase):
    answer = scim("post", USERS, person(units[2]))
    assert (answer.status_code, answer.said["scimType"]) == (409, "uniqueness")
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('userName eq "4711"', 1),
        ('USERNAME EQ "4711"', 1),
        ('externalId eq "4711"', 1),
        ('userName eq "9"', 0),
        ('emails.value eq "ASE@example.org"', 1),
        ('userName eq "4711" and active eq false', 0),
        ("active eq true", 1),
    ],
)
def test_people_are_found_by_what_may_be_asked(scim, ase, asked, found):
    assert scim("get", USERS, filter=asked).said["totalResults"] == found


@pytest.mark.parametrize(
    "asked", ["password pr", 'nickName eq "x"', 'userName eq "4711" or title eq "x"', "((", "x" * 600, "'"]
)
def test_what_may_not_be_asked_is_refused(scim, ase, asked):
    answer = scim("get", USERS, filter=asked)
    assert (answer.status_code, answer.said.get("scimType")) == (400, "invalidFilter")


def test_people_come_in_pages_with_few_queries(scim, units, django_assert_max_num_queries):
    for number in range(30):
        scim("post", USERS, person(units[1], f"{number}", emails=[]))
    with django_assert_max_num_queries(3):
        page = scim("get", USERS, startIndex=11, count=10).said
    assert (page["totalResults"], page["itemsPerPage"], page["startIndex"]) == (30, 10, 11)
    assert page["Resources"][0]["userName"] == "10"
    assert page["Resources"][0][ENTERPRISE]["department"] == units[1].code


def test_locking_puts_a_person_out_at_once_and_opening_lets_them_in(scim, ase):
    session = Client()
    session.force_login(ase)
    assert session.get("/desk/").status_code == 200
    assert scim("patch", f"{USERS}/{ase.public_id}", replaced(active=False)).said["active"] is False
    assert session.get("/desk/").status_code == 302
    assert scim("patch", f"{USERS}/{ase.public_id}", replaced(active="True")).said["active"] is True
    assert Membership.objects.get().valid_until is None


def test_a_patch_changes_what_it_names_and_nothing_else(scim, ase):
    body = {"Operations": [
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "ny@example.org"},
        {"op": "replace", "path": "name.givenName", "value": "Åse"},
        {"op": "replace", "path": "name.familyName", "value": "Berg"},
    ]}  # fmt: skip
    assert scim("patch", f"{USERS}/{ase.public_id}", body).status_code == 200
    ase.refresh_from_db()
    assert (ase.name, ase.email, ase.language, ase.member_number) == ("Åse Berg", "ny@example.org", "nn", "4711")


def test_a_patch_without_paths_is_read_as_well(scim, ase):
    body = {"Operations": [{"op": "add", "value": {"displayName": "Åse Ny", "active": False}}]}
    assert scim("patch", f"{USERS}/{ase.public_id}", body).status_code == 200
    ase.refresh_from_db()
    assert (ase.name, ase.is_active) == ("Åse Ny", False)


@pytest.mark.parametrize(
    "body",
    [
        {"Operations": [{"op": "explode", "path": "active", "value": True}]},
        {"Operations": [{"op": "replace", "path": "userName", "value": "1"}]},
        {"Operations": [{"op": "remove", "path": "displayName"}]},
        {"Operations": [{"op": "remove"}]},
        {"Operations": ["x"]},
        {"Operations": {}},
        {},
    ],
)
def test_a_patch_that_cannot_be_done_changes_nothing(scim, ase, body):
    before = Member.objects.values().get()
    assert scim("patch", f"{USERS}/{ase.public_id}", body).status_code == 400
    assert Member.objects.values().get() == before


def test_another_department_moves_the_membership_from_today(scim, units, ase, heard):
    moved = heard(member_moved)
    Membership.objects.update(valid_from="2020-01-01")
    scim("patch", f"{USERS}/{ase.public_id}", replaced(**{f"{ENTERPRISE}:department": units[2].code}))
    rows = [(row.unit, row.valid_from.year, row.valid_until) for row in Membership.objects.order_by("valid_from")]
    assert rows == [(units[1], 2020, today()), (units[2], today().year, None)]
    assert [(call["ids"], call["on"]) for call in moved] == [([ase.pk], today())]


def test_the_same_said_twice_changes_nothing(scim, units, ase):
    before = Entry.objects.count()
    for _ in range(2):
        assert scim("put", f"{USERS}/{ase.public_id}", person(units[1])).status_code == 200
    assert (Membership.objects.count(), Entry.objects.count()) == (1, before)


def test_replacing_leaves_blank_what_is_no_longer_said(scim, units, ase):
    scim("put", f"{USERS}/{ase.public_id}", {**person(units[1]), "emails": []})
    ase.refresh_from_db()
    assert ase.email == ""


def test_deleting_is_leaving_by_the_same_rules(scim, units, ase, heard):
    left = heard(member_left)
    make_appointment(ase, "administrator", unit=units[1])
    assert scim("delete", f"{USERS}/{ase.public_id}").status_code == 204
    ase.refresh_from_db()
    assert not ase.is_active
    assert Leaving.objects.get().left_on == today()
    assert [call["ids"] for call in left] == [[ase.pk]]
    assert scim("get", f"{USERS}/{ase.public_id}").status_code == 404
    assert scim("get", USERS).said["totalResults"] == 0


def test_somebody_who_left_is_let_in_again_with_what_they_had(scim, units, ase):
    scim("delete", f"{USERS}/{ase.public_id}")
    again = scim("post", USERS, person(units[2]))
    assert (again.status_code, again.said["id"]) == (201, str(ase.public_id))
    ase.refresh_from_db()
    assert ase.is_active
    assert Membership.objects.on(today()).get().unit == units[2]


def test_nobody_gets_rights_by_it(scim, units):
    scim("post", USERS, person(units[0], roles=[{"value": "administrator"}], entitlements=["x"], groups=["y"]))
    member = Member.objects.get()
    assert not member.appointments.exists() and not member.groups.exists() and not member.is_superuser


def test_people_who_are_not_of_the_register_are_not_there(scim):
    stranger = make_member("Uten nummer")
    assert scim("get", f"{USERS}/{stranger.public_id}").status_code == 404
    assert scim("delete", f"{USERS}/{stranger.public_id}").status_code == 404


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer feil", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer æ"])
@pytest.mark.parametrize("path", ["Users", "Users/x", "ServiceProviderConfig", "ResourceTypes", "Schemas"])
def test_without_the_token_nothing_answers(token, path):
    answer = Client(headers={"Authorization": token.encode().decode("latin-1")}).get(f"/scim/v2/{path}")
    assert (answer.status_code, answer.content) == (401, b"")


def test_somebody_signed_in_is_not_the_system_with_the_token(client, units):
    chief = make_member()
    make_appointment(chief, "administrator", unit=units[0])
    client.force_login(chief)
    assert client.get(USERS).status_code == 401


def test_guessing_at_the_token_is_bounded():
    answers = [Client(headers={"Authorization": f"Bearer {n}"}).get(USERS).status_code for n in range(30)]
    assert answers.count(401) <= 10
    assert answers[-1] == 429


def test_without_a_token_in_the_settings_the_door_is_not_there(settings):
    settings.TILLIT_SCIM_TOKEN_HASH = ""
    client = Client(headers={"Authorization": f"Bearer {TOKEN}"})
    assert client.get(USERS).status_code == 404


def test_what_the_door_can_do_is_told(scim):
    config = scim("get", "/scim/v2/ServiceProviderConfig").said
    assert config["patch"]["supported"] and config["filter"]["supported"] and not config["changePassword"]["supported"]
    assert [one["id"] for one in scim("get", "/scim/v2/ResourceTypes").said["Resources"]] == ["User"]
    assert "Group" not in [one["name"] for one in scim("get", "/scim/v2/Schemas").said["Resources"]]


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b"null", b"\xff"])
def test_a_body_that_is_none_is_refused_and_breaks_nothing(sent):
    client = Client(headers={"Authorization": f"Bearer {TOKEN}"}, raise_request_exception=False)
    assert client.post(USERS, data=sent, content_type="application/scim+json").status_code == 400
