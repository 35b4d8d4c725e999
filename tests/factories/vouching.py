"""Everything of one's own competences with something in it, made the way the services make it."""

from __future__ import annotations

from lms.competences import attesting, prior
from lms.competences.attesting import Thing
from lms.competences.mapping import answer, begin_mapping
from lms.competences.models import AttestationRequest, Evidence, Mapping, MappingViewer, PriorLearning
from lms.members.models import Member
from tests.factories.competences import make_competence, make_need

PAPER = b"%PDF-1.7 en attest"
WORDS = "Kasserer i idrettslaget 2015–2022, med ansvar for budsjett og regnskap."
BUDGET, BOOKS = "money.budget", "money.books"


def make_own_competences(person: Member, giver: Member) -> None:
    """A mapping under way, a viewer, a request that waits, one thing vouched for, and an application that is sent.

    ``giver`` stands where one may vouch for the person.
    """
    competence = make_competence(BUDGET)
    for key in (BUDGET, BOOKS):
        make_need(key, office="board_member", level=2)
    begin_mapping(member=person, by=person)
    answer(member=person, key=BUDGET, level=3, by=person)
    MappingViewer.objects.create(member=person, viewer=giver)
    attesting.ask(member=person, asked=giver, thing=Thing(competence, 2), words=WORDS, by=person)
    attesting.vouch(member=person, thing=Thing(competence, 1), by=giver)
    row = prior.begin(member=person, by=person)
    prior.write(application=row, words=WORDS, claims={BUDGET: 2}, by=person)
    prior.add_document(application=row, name="attest.pdf", content=PAPER, by=person)
    prior.send(application=row, by=person)


def own_addresses(person: Member) -> dict[str, str]:
    """The pages of what ``make_own_competences`` made, by the names of their patterns."""
    home, application = "/competences", PriorLearning.objects.get(member=person, state="sent")
    request = AttestationRequest.objects.get(member=person, state="asked")
    given = Evidence.objects.filter(member=person, kind="attestation", corrected_by=None).latest("pk")
    document = application.documents.defer("content").get()
    assert Mapping.objects.filter(member=person).exists()
    return {
        "own_competences": f"{home}/",
        "competence": f"{home}/one/{BUDGET}/",
        "map_competence": f"{home}/map/",
        "map_question": f"{home}/map/{BUDGET}/",
        "end_mapping": f"{home}/map/end/",
        "mapping_viewers": f"{home}/shown/",
        "shown_mapping": f"{home}/shown/{person.public_id}/",
        "attestations": f"{home}/vouching/",
        "ask_attestation": f"{home}/vouching/ask/?competence={BUDGET}",
        "vouch": f"{home}/vouching/for/{person.public_id}/",
        "correct_attestation": f"{home}/vouching/given/{given.public_id}/",
        "attestation": f"{home}/vouching/{request.public_id}/",
        "withdraw_attestation": f"{home}/vouching/{request.public_id}/withdraw/",
        "apply_prior": f"{home}/prior/",
        "prior_application": f"{home}/prior/{application.public_id}/",
        "take_back_prior": f"{home}/prior/{application.public_id}/back/",
        "prior_document": f"{home}/prior/documents/{document.public_id}/",
        "prior_queue": f"{home}/reviews/",
        "review_prior": f"{home}/reviews/{application.public_id}/",
    }
