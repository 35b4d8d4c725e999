"""Issuing certificates: once, to whom one may, with what was true that day."""

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.models import Credential, StatusChange
from certificates.seal import is_genuine, payload_hash
from certificates.services import Outcome, issue_certificates, revoke_certificate
from lms.audit.models import Entry
from lms.organisation.access import Role
from tests.factories.courses import make_credential, make_draft
from tests.factories.organisation import make_appointment, make_member, make_tree
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 14, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def ada(tree):
    """The administrator of Nordland."""
    member = make_member("Ada", of=tree[1])
    make_appointment(member, Role.ADMINISTRATOR, unit=tree[1])
    return member


@pytest.mark.usefixtures("_noon")
def test_a_certificate_is_a_sealed_snapshot():
    kari = make_member("  Kari   Nordmann ")
    credential = make_credential(kari, award_key="award:1", valid_until=dt.date(2030, 3, 14))
    assert (credential.holder, credential.award_key, credential.edition) == (kari, "award:1", 1)
    assert (credential.issued_on, credential.valid_until) == (NOON.date(), dt.date(2030, 3, 14))
    assert credential.payload["name"] == "Kari Nordmann"
    assert credential.payload["number"] == credential.number
    assert credential.payload_hash == payload_hash(credential.payload)
    assert is_genuine(credential.payload, credential.seal)
    assert credential.disclosure == "nameless"


def test_what_is_stored_is_read_back_genuine():
    made = make_credential(make_member("Åse-Márjá <b>Østby</b> & Søn"))
    stored = Credential.objects.get(pk=made.pk)
    assert is_genuine(stored.payload, stored.seal)


def test_a_name_that_changes_afterwards_changes_no_certificate():
    kari = make_member("Kari Nordmann")
    credential = make_credential(kari)
    kari.name = "Kari Berg"
    kari.save()
    credential.refresh_from_db()
    assert credential.payload["name"] == "Kari Nordmann"


def test_issuing_twice_issues_once():
    draft = make_draft(make_member(), award_key="award:1")
    results = [issue_certificates(drafts=[draft, draft], by=None) for _ in range(2)]
    outcomes = [issue.outcome for result in results for issue in result]
    assert outcomes == [Outcome.ISSUED, Outcome.ALREADY, Outcome.ALREADY, Outcome.ALREADY]
    assert {issue.credential for result in results for issue in result} == {Credential.objects.get()}


def test_an_award_has_one_certificate_of_each_edition():
    first = make_credential(make_member(), award_key="award:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(
            award_key="award:1", edition=1, holder=first.holder, payload={}, issued_on=first.issued_on
        )
    assert Credential.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_twenty_who_issue_at_once_issue_one():
    draft = make_draft(make_member(), award_key="award:1")
    results = all_at_once(*[partial(issue_certificates, drafts=[draft], by=None)] * 20)
    outcomes = [result[0].outcome for result in results]
    assert outcomes.count(Outcome.ISSUED) == 1
    assert {result[0].credential.pk for result in results} == {Credential.objects.get().pk}
    assert StatusChange.objects.count() == 1


def test_a_person_without_a_name_gets_none_and_the_rest_do():
    drafts = [make_draft(make_member(name)) for name in ("Kari", "", "  ", "Ola")]
    outcomes = [issue.outcome for issue in issue_certificates(drafts=drafts, by=None)]
    assert outcomes == [Outcome.ISSUED, Outcome.NO_NAME, Outcome.NO_NAME, Outcome.ISSUED]
    assert Credential.objects.count() == 2


def test_an_administrator_issues_for_the_unit_and_below(tree, ada):
    drafts = [make_draft(make_member(of=unit)) for unit in (tree[1], tree[3])]
    assert {issue.outcome for issue in issue_certificates(drafts=drafts, by=ada)} == {Outcome.ISSUED}
    assert set(Entry.objects.filter(act="issue_certificate").values_list("actor", flat=True)) == {ada.public_id}
    assert set(StatusChange.objects.values_list("status", "by")) == {("issued", ada.public_id)}


def test_one_person_outside_the_unit_stops_the_batch_before_anything_is_done(tree, ada):
    drafts = [make_draft(make_member(of=unit)) for unit in (tree[1], tree[2])]
    with pytest.raises(PermissionDenied):
        issue_certificates(drafts=drafts, by=ada)
    assert not Credential.objects.exists()


@pytest.mark.parametrize("role", [None, Role.INSTRUCTOR, Role.EDITOR])
def test_who_may_not_issue_issues_nothing_not_even_for_themselves(tree, role):
    member = make_member("Ola", of=tree[1])
    if role:
        make_appointment(member, role, unit=tree[0])
    for holder in (member, make_member(of=tree[1])):
        with pytest.raises(PermissionDenied):
            issue_certificates(drafts=[make_draft(holder)], by=member)
    assert not Credential.objects.exists()


def test_one_who_holds_many_certificates_counts_once_in_a_batch(tree, ada):
    kari = make_member(of=tree[1])
    drafts = [make_draft(kari), make_draft(kari)]
    assert len(issue_certificates(drafts=drafts, by=ada)) == 2


# ---- revoking -----------------------------------------------------------------------------


def test_revoking_is_logged_with_who_and_why(tree, ada):
    credential = make_credential(make_member(of=tree[3]))
    change = revoke_certificate(credential=credential, reason="  Feil person. ", by=ada)
    assert (change.status, change.by, change.reason) == ("revoked", ada.public_id, "Feil person.")
    assert Entry.objects.get(act="revoke_certificate").actor == ada.public_id


def test_revoking_twice_is_revoking_once(tree, ada):
    credential = make_credential(make_member(of=tree[1]))
    changes = [revoke_certificate(credential=credential, reason=reason, by=ada) for reason in ("Først", "Så")]
    assert changes[0] == changes[1]
    assert changes[1].reason == "Først"
    assert Entry.objects.filter(act="revoke_certificate").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_revoked_by_many_at_once_it_is_revoked_once():
    nation, *_ = make_tree()
    admin = make_member("Ada", of=nation)
    make_appointment(admin, Role.ADMINISTRATOR, unit=nation)
    credential = make_credential(make_member(of=nation))
    all_at_once(*[partial(revoke_certificate, credential=credential, reason="Feil", by=admin)] * 10)
    assert StatusChange.objects.filter(status="revoked").count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_revoking_needs_a_reason(tree, ada, reason):
    with pytest.raises(ValueError, match="say why"):
        revoke_certificate(credential=make_credential(make_member(of=tree[1])), reason=reason, by=ada)
    assert not StatusChange.objects.filter(status="revoked").exists()


def test_revoking_needs_the_right_for_the_holder(tree, ada):
    outside, own = make_credential(make_member(of=tree[2])), make_credential(ada)
    learner = make_member(of=tree[1])
    for credential, by in [(outside, ada), (own, ada), (make_credential(learner), learner)]:
        with pytest.raises(PermissionDenied):
            revoke_certificate(credential=credential, reason="Fordi", by=by)
    assert not StatusChange.objects.filter(status="revoked").exists()
