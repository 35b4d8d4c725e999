"""Nobody opens an account with more rights than their own, and a keeper reaches those who belong."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.audit.models import Entry
from lms.joining.codes import account_by_code, issue_codes, show_codes
from lms.joining.invitations import invite_members
from lms.joining.models import Invitation, JoinCode
from lms.joining.renewing import issue_code_anew
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.organisation.models import Membership
from lms.organisation.rights import Right
from tests.factories import organisation as o
from tests.lms.joining.conftest import as_member

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LONG, OTHER = "en ganske lang setning", "en annen ganske lang setning"


@pytest.fixture
def keeper(place) -> Member:
    """Who administers Bodø."""
    keeper = o.make_member("Knut", of=place.bodo)
    o.make_appointment(keeper, "administrator", unit=place.bodo)
    return keeper


@pytest.fixture
def ola(place) -> Member:
    """Somebody of Bodø with a number and no account."""
    return o.make_member("Ola", of=place.bodo, member_number="1002")


def printed(person: Member, by: Member) -> list:
    issue_codes(member_ids=[person.pk], by=by)
    return show_codes(member_ids=[person.pk], by=by)


def came_by_code(person: Member, by: Member) -> None:
    (slip,) = printed(person, by)
    assert account_by_code(number=person.member_number, code=slip.code, password=LONG)
    person.refresh_from_db()


def test_a_keeper_sees_no_code_of_somebody_with_more_rights(place, keeper, ola):
    o.make_term(ola, office="training", unit=place.nordland)
    issue_codes(member_ids=[ola.pk], by=None)
    assert printed(ola, keeper) == []
    assert len(printed(ola, place.nora)) == 1


def test_a_right_to_come_counts(place, keeper, ola):
    from tests.factories.organisation import TO_LATER

    o.make_appointment(ola, "administrator", unit=place.nordland, period=type(TO_LATER)(o.dt.date(2027, 1, 1), o.LATER))
    assert printed(ola, keeper) == []


def test_a_keeper_sees_no_code_of_somebody_who_only_serves_there(place, keeper):
    guest = o.make_member("Gjest", of=place.oslo, member_number="1003")
    o.make_term(guest, office="member", unit=place.bodo)
    assert printed(guest, keeper) == []
    assert len(printed(guest, place.odd)) == 1


def test_who_borrows_the_register_sees_no_code_of_an_administrator(place, ola):
    chief = o.make_member("Sjef", of=place.nation)
    o.make_appointment(chief, "administrator", unit=place.nation)
    borrower = o.make_member("Lånt", of=place.oslo)
    o.make_loan(borrower, Right.KEEP_REGISTER, giver=chief, unit=place.nation)
    assert len(printed(ola, borrower)) == 1
    new = o.make_member("Ny", of=place.nation, member_number="1004")
    o.make_appointment(new, "administrator", unit=place.nation)
    assert printed(new, borrower) == []
    assert len(printed(new, chief)) == 1


def test_who_holds_everything_lets_in_an_editor_too(place, ola):
    chief = o.make_member("Sjef", of=place.nation)
    o.make_appointment(chief, "administrator", unit=place.nation)
    o.make_appointment(ola, "editor", unit=place.nation)
    assert len(printed(ola, chief)) == 1


def test_nobody_invites_somebody_with_more_rights(place, keeper):
    kari = o.make_member("Kari", of=place.bodo, email="kari@example.org")
    o.make_term(kari, office="training", unit=place.nordland)
    assert invite_members(member_ids=[kari.pk], by=keeper) == 0
    assert invite_members(member_ids=[kari.pk], by=place.nora) == 1


def test_the_pages_say_how_many_somebody_above_lets_in(place, keeper, ola, monkeypatch):
    monkeypatch.setattr("lms.members.assurance.confirmed_lately", lambda request: True)
    kari = o.make_member("Kari", of=place.bodo, email="kari@example.org")
    for person in (ola, kari):
        o.make_term(person, office="training", unit=place.nordland)
    Member.objects.filter(pk=keeper.pk).update(language="en")
    client = as_member(keeper)
    page = client.post("/join/waiting/invite/", {"unit": place.bodo.code}, follow=True)
    assert "somebody above you" in page.content.decode()
    assert not Invitation.objects.exists()
    page = client.post("/join/waiting/codes/", {"unit": place.bodo.code})
    assert "somebody above you" in page.content.decode()


def test_letting_in_a_thousand_asks_as_much_as_letting_in_ten(place, django_assert_max_num_queries):
    people = Member.objects.bulk_create(Member(name=f"M{n}", email=f"m{n}@example.org") for n in range(1000))
    Membership.objects.bulk_create(
        Membership(member=p, unit=place.bodo, status="member", valid_from=o.LONG_AGO) for p in people
    )
    with django_assert_max_num_queries(80):
        assert invite_members(member_ids=[p.pk for p in people], by=place.nora) == 1000


# ---- a new code for a forgotten password -------------------------------------------------
def test_a_forgotten_password_gets_a_new_code_and_the_old_password_works_until_it_is_used(keeper, ola):
    came_by_code(ola, keeper)
    slip = issue_code_anew(member=ola, by=keeper)
    ola.refresh_from_db()
    assert ola.check_password(LONG)
    assert account_by_code(number="1002", code=slip.code, password=OTHER) == ola
    ola.refresh_from_db()
    assert ola.check_password(OTHER)
    assert account_by_code(number="1002", code=slip.code, password=LONG) is None
    assert Notice.objects.get(kind="code_anew").member == ola
    assert Entry.objects.get(act="issue_code_anew").actor == keeper.public_id


def test_a_new_code_is_for_those_who_have_an_account_and_no_address_of_their_own(place, keeper, ola):
    with pytest.raises(ValidationError):
        issue_code_anew(member=ola, by=keeper)
    per = o.make_member("Per", of=place.bodo, member_number="1", email="per@example.org", password=LONG)
    with pytest.raises(ValidationError):
        issue_code_anew(member=per, by=keeper)
    assert not JoinCode.objects.exists()


def test_a_new_code_is_not_for_those_above_or_elsewhere(place, keeper, ola):
    came_by_code(ola, keeper)
    with pytest.raises(PermissionDenied):
        issue_code_anew(member=ola, by=place.odd)
    o.make_term(ola, office="training", unit=place.nordland)
    with pytest.raises(PermissionDenied):
        issue_code_anew(member=ola, by=keeper)


def test_the_page_of_a_person_has_the_button_for_those_who_may_and_nobody_else(place, keeper, ola, monkeypatch):
    monkeypatch.setattr("lms.members.assurance.confirmed_lately", lambda request: True)
    url, page = f"/join/anew/{ola.public_id}/", f"/organisation/people/{ola.public_id}/"
    assert as_member(keeper).post(url).headers["Location"] == page
    came_by_code(ola, keeper)
    form = as_member(keeper).get(page).content.decode().partition(f'action="{url}"')[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in form
    assert url not in as_member(ola).get(page).content.decode()
    assert as_member(place.odd).post(url).status_code == 404
    shown = as_member(keeper).post(url)
    assert shown.status_code == 200 and JoinCode.objects.usable().get(member=ola).seed == ""
    o.make_term(ola, office="training", unit=place.nordland)
    assert url not in as_member(keeper).get(page).content.decode()
