"""Recognition of prior learning: written, sent, answered by somebody else who keeps the levels of the unit."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.audit.models import Entry, SightingOf
from lms.competences import abouts, documents, prior
from lms.competences.abouts import About
from lms.competences.models import Evidence, PriorDocument, PriorLearning
from lms.competences.person import waiting_for
from lms.competences.queries import profiles_of
from lms.competences.retention import forget_documents
from lms.notifications.models import Notice
from lms.organisation.access import Role
from tests.factories.competences import make_competence
from tests.factories.organisation import DAY, make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db
BUDGET, WORDS = "money.budget", "Kasserer i idrettslaget 2015–2022, ansvar for budsjettet."
PDF = b"%PDF-1.7 noe"
COURSE = About("lede-styret", {"nb": "Å lede et styre"})


@pytest.fixture
def tree(set_today):
    set_today(DAY)
    make_competence()
    return make_tree()


@pytest.fixture
def kari(tree):
    return make_member(of=tree[3])


@pytest.fixture
def ada(tree):
    ada = make_member("Ada Fylke", of=tree[1])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    return ada


def written(kari, about=None, claims=None):
    row = prior.begin(member=kari, about=about, by=kari)
    prior.write(application=row, words=WORDS, claims={BUDGET: 3} if claims is None else claims, by=kari)
    return row


def sent(kari, **more):
    row = written(kari, **more)
    prior.send(application=row, by=kari)
    return PriorLearning.objects.get(pk=row.pk)


def granted(row, level):
    return {row.claims.get().pk: level}


def test_what_is_granted_becomes_evidence_with_who_granted_it(kari, ada):
    row = sent(kari)
    (evidence,) = prior.accept(application=row, grants=granted(row, 2), reason="Godt beskrevet", by=ada)
    assert (evidence.kind, evidence.level, evidence.given_by, evidence.given_as) == ("prior", 2, ada, ["administrator"])
    row.refresh_from_db()
    assert (row.state, row.reviewer, row.reason, row.claims.get().granted) == ("accepted", ada, "Godt beskrevet", 2)
    assert profiles_of([kari.pk])[kari.pk].level_of(BUDGET) == 2
    assert Notice.objects.get(member=kari).kind == "prior_learning_answered"
    assert Entry.objects.filter(act="answer_prior_learning", actor=ada.public_id).exists()


def test_an_application_about_a_requirement_becomes_a_waiver_of_it(kari, ada):
    row = sent(kari, about=COURSE, claims={})
    until = DAY + dt.timedelta(days=700)
    (evidence,) = prior.accept(application=row, grants={}, waives=True, until=until, by=ada)
    assert (evidence.kind, evidence.about, evidence.until, evidence.competence) == ("waiver", COURSE.key, until, None)
    assert evidence.label == dict(COURSE.label)


def test_nothing_is_waived_that_the_application_is_not_about(kari, ada):
    row = sent(kari)
    prior.accept(application=row, grants=granted(row, 1), waives=True, by=ada)
    assert not Evidence.objects.filter(kind="waiver").exists()


def test_more_than_was_claimed_or_nothing_at_all_is_not_granted(kari, ada):
    row = sent(kari, claims={BUDGET: 2})
    for wrong in (3, 0):
        with pytest.raises(ValidationError):
            prior.accept(application=row, grants=granted(row, wrong), by=ada)
    with pytest.raises(ValidationError):
        prior.write(application=written(kari), words="", claims={BUDGET: 4}, by=kari)


def test_nobody_answers_their_own_and_nobody_from_elsewhere(kari, ada, tree):
    own = sent(ada)
    beside, below = make_member("Nabo", of=tree[2]), make_member("Lærer", of=tree[3])
    make_appointment(beside, Role.ADMINISTRATOR, unit=tree[2])
    make_appointment(below, Role.INSTRUCTOR, unit=tree[3])
    row = sent(kari)
    for application, by in ((own, ada), (row, beside), (row, below), (row, kari), (row, None)):
        with pytest.raises(PermissionDenied):
            prior.accept(application=application, grants=granted(application, 1), by=by)
        with pytest.raises(PermissionDenied):
            prior.answer_no(application=application, reason="Nei", by=by)


def test_returned_it_is_written_on_and_sent_again(kari, ada):
    row = sent(kari)
    with pytest.raises(ValidationError):
        prior.answer_no(application=row, reason="", by=ada, for_more=True)
    prior.answer_no(application=row, reason="Legg ved en attest", by=ada, for_more=True)
    prior.write(application=row, words=WORDS + " Attest følger.", claims={BUDGET: 2}, by=kari)
    prior.send(application=row, by=kari)
    prior.answer_no(application=row, reason="Dette holder ikke", by=ada)
    row.refresh_from_db()
    assert row.state == "declined" and Notice.objects.filter(member=kari).count() == 2


def test_what_is_sent_is_not_written_on_and_what_is_answered_stands(kari, ada):
    row = sent(kari)
    with pytest.raises(ValidationError):
        prior.write(application=row, words="Ny", claims={}, by=kari)
    prior.accept(application=row, grants=granted(row, 1), by=ada)
    for act in (
        lambda: prior.take_back(application=row, by=kari),
        lambda: prior.accept(application=row, grants=granted(row, 1), by=ada),
    ):
        with pytest.raises(ValidationError):
            act()


def test_it_is_taken_back_or_thrown_away_and_never_lost_when_it_was_sent(kari):
    row = sent(kari)
    for _ in range(2):  # taken back it is a draft that was sent once: it is not thrown away
        assert not prior.take_back(application=row, by=kari)
    assert PriorLearning.objects.filter(pk=row.pk).exists()
    never_sent = PriorLearning.objects.create(member=kari)
    assert prior.take_back(application=never_sent, by=kari) and not PriorLearning.objects.filter(pk=never_sent.pk)


def test_one_that_says_nothing_is_not_sent(kari):
    for words, claims in (("Kort", {BUDGET: 1}), (WORDS, {})):
        row = prior.begin(member=kari, by=kari)
        prior.write(application=row, words=words, claims=claims, by=kari)
        with pytest.raises(ValidationError):
            prior.send(application=row, by=kari)


def test_nobody_writes_in_anothers(kari):
    row, ola = written(kari), make_member("Ola")
    for act in (
        lambda: prior.begin(member=kari, by=ola),
        lambda: prior.write(application=row, words="", claims={}, by=ola),
        lambda: prior.send(application=row, by=ola),
        lambda: prior.take_back(application=row, by=ola),
        lambda: prior.add_document(application=row, name="a.pdf", content=PDF, by=ola),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_card_says_how_many_wait_and_never_ones_own(kari, ada):
    assert waiting_for(ada, DAY) == ""
    sent(kari)
    sent(ada)
    assert waiting_for(ada, DAY).startswith("1 ")


# ---- documents ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, ("application/pdf", ".pdf")),
        (b"\xff\xd8\xff\xe0", ("image/jpeg", ".jpg")),
        (b"\x89PNG\r\n\x1a\n..", ("image/png", ".png")),
        (b"<html>", None),
        (b"PK\x03\x04", None),
        (b"<svg xmlns", None),
        (b" %PDF-1.7", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content, kind):
    assert documents.kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("diplom.pdf", "diplom.pdf"),
        ("side.html", "side.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\papir\\attest.PDF", "attest.pdf"),
        ("", "dokument.pdf"),
        ('a"\r\nSet-Cookie: x.pdf', 'a"Set-Cookie: x.pdf'),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_tidied_and_ends_as_it_should(name, tidy):
    assert documents.tidy_name(name, ".pdf") == tidy


def test_what_is_too_large_of_another_kind_or_one_too_many_is_not_taken(kari):
    row = written(kari)
    for wrong in (b"", b"<html>", b"%PDF-" + b"x" * documents.MOST_BYTES):
        with pytest.raises(ValidationError):
            prior.add_document(application=row, name="a.pdf", content=wrong, by=kari)
    for number in range(5):
        prior.add_document(application=row, name=f"{number}.pdf", content=PDF, by=kari)
    with pytest.raises(ValidationError):
        prior.add_document(application=row, name="6.pdf", content=PDF, by=kari)


def test_a_document_is_handed_out_as_something_to_save_to_the_two_sides_alone(kari, ada, tree, client):
    row = written(kari)
    document = prior.add_document(application=row, name="attest å.html", content=PDF, by=kari)
    prior.send(application=row, by=kari)
    beside = make_member("Nabo", of=tree[2])
    make_appointment(beside, Role.ADMINISTRATOR, unit=tree[2])
    page = f"/competences/prior/documents/{document.public_id}/"
    for reader, status in ((kari, 200), (ada, 200), (beside, 404), (make_member("Fremmed"), 404)):
        client.force_login(reader)
        answer = client.get(page)
        assert answer.status_code == status
        if status == 200:
            assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
            assert answer["Content-Disposition"].startswith("attachment;") and ".pdf" in answer["Content-Disposition"]
            assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "private, no-store"
    assert SightingOf.objects.filter(subject=kari.public_id, sighting__page="prior_document").count() == 1


def test_a_reviewer_sees_no_draft_and_none_of_its_documents(kari, ada, client):
    row = written(kari)
    document = prior.add_document(application=row, name="a.pdf", content=PDF, by=kari)
    client.force_login(ada)
    for page in (f"/competences/reviews/{row.public_id}/", f"/competences/prior/documents/{document.public_id}/"):
        assert client.get(page).status_code == 404


def test_documents_go_a_year_after_the_answer_and_the_answer_stands(kari, ada):
    row = written(kari)
    prior.add_document(application=row, name="a.pdf", content=PDF, by=kari)
    prior.send(application=row, by=kari)
    prior.accept(application=row, grants=granted(row, 1), by=ada)
    answered = PriorLearning.objects.get().reviewed_at
    assert forget_documents(answered - dt.timedelta(days=1)) == 0
    assert forget_documents(answered + dt.timedelta(days=1)) == 1
    assert PriorLearning.objects.get().state == "accepted" and Evidence.objects.filter(kind="prior").exists()


# ---- the pages -------------------------------------------------------------------------------
def test_it_is_written_with_a_document_sent_read_and_answered_on_the_pages(kari, ada, client):
    client.force_login(kari)
    there = client.post("/competences/prior/", {"competence": BUDGET})["Location"]
    page = there.split("?")[0]
    assert BUDGET in client.get(there).content.decode()
    file = SimpleUploadedFile("attest.pdf", PDF)
    kept = client.post(page, {"words": WORDS, "claim_0": "2", "document": file, "go": "add"})
    assert kept.status_code == 302 and PriorDocument.objects.get().name == "attest.pdf"
    assert client.post(page, {"words": WORDS, "claim_0": "2", "go": "send"})["Location"] == "/competences/prior/"
    client.force_login(ada)
    assert str(kari) in client.get("/competences/reviews/").content.decode()
    row = PriorLearning.objects.get()
    review = f"/competences/reviews/{row.public_id}/"
    assert WORDS in client.get(review).content.decode()
    assert client.post(review, {"go": "no", "reason": ""}).status_code == 422
    assert client.post(review, {"go": "yes", f"grant_{row.claims.get().pk}": "2", "reason": ""}).status_code == 302
    client.force_login(kari)
    assert client.get(page).status_code == 200 and Evidence.objects.get().level == 2


def test_a_wrong_file_is_said_at_the_field_and_the_words_are_kept(kari, client):
    client.force_login(kari)
    page = client.post("/competences/prior/")["Location"]
    answer = client.post(page, {"words": WORDS, "document": SimpleUploadedFile("a.pdf", b"<html>"), "go": "add"})
    assert answer.status_code == 422 and WORDS in answer.content.decode()
    assert PriorLearning.objects.get().words == WORDS


def test_a_requirement_nobody_knows_cannot_be_applied_for(kari, client, monkeypatch):
    client.force_login(kari)
    assert client.post("/competences/prior/", {"requirement": COURSE.key}).status_code == 404
    monkeypatch.setattr(abouts, "_waived", [lambda key: COURSE if key == COURSE.key else None])
    assert client.post("/competences/prior/", {"requirement": COURSE.key}).status_code == 302
    assert PriorLearning.objects.get().label == dict(COURSE.label)


def test_the_pages_of_review_do_not_exist_for_others(kari, client):
    client.force_login(kari)
    row = sent(kari)
    for page in ("/competences/reviews/", f"/competences/reviews/{row.public_id}/"):
        assert client.get(page).status_code == 404
