"""The pages: pairs to look at, two by hand, side by side, merged, undone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lms.audit.models import SightingOf
from lms.merging.models import Merge, NotSamePerson
from lms.organisation.models import Membership
from lms.pages.templatetags.tillit import at_break
from tests.factories import courses, organisation


@pytest.fixture
def ada(client, scene):
    """Ada's browser, signed in."""
    client.force_login(scene.ada)
    return client


@pytest.fixture(autouse=True)
def _confirmed(monkeypatch, settings):
    """Signing in by hand is tested elsewhere: here everybody has confirmed lately and needs no second factor."""
    settings.TILLIT_REQUIRE_SECOND_FACTOR = False
    monkeypatch.setattr("lms.members.assurance.confirmed_lately", lambda request: True)


def look(scene):
    return reverse("merge_preview", args=[scene.kept.public_id, scene.absorbed.public_id])


def test_the_list_shows_the_pair_and_writes_down_that_it_was_seen(ada, scene):
    page = ada.get(reverse("merging")).content.decode()
    assert look(scene) in page
    seen = set(SightingOf.objects.values_list("subject", flat=True))
    assert seen == {scene.kept.public_id, scene.absorbed.public_id}


def test_an_empty_list_says_so(ada, scene):
    scene.absorbed.delete()
    assert "t-empty" in ada.get(reverse("merging")).content.decode()


def test_an_email_breaks_before_its_at_sign_and_is_escaped():
    assert at_break("anne.oskal@example.com") == "anne.oskal<wbr>@example.com"
    assert at_break("a@x, <b>@y") == "a<wbr>@x, &lt;b&gt;<wbr>@y"
    assert at_break("–") == "–"


def test_two_are_found_by_hand_one_after_the_other(ada, scene):
    other = organisation.make_member("Nils Berg", of=scene.branch)
    page = ada.get(reverse("merging"), {"q": "berg nils", "person": str(scene.kept.public_id)}).content.decode()
    assert page.count(" checked") == 1 and str(other.public_id) in page
    answer = ada.get(reverse("merging"), {"together": "1", "person": [str(scene.kept.public_id), str(other.public_id)]})
    assert answer["Location"] == reverse("merge_preview", args=[scene.kept.public_id, other.public_id])


@pytest.mark.parametrize("ticked", [0, 1, 3])
def test_two_must_be_ticked(ada, scene, ticked):
    people = [organisation.make_member("Nils Berg", of=scene.branch) for _ in range(ticked)]
    answer = ada.get(reverse("merging"), {"together": "1", "person": [str(one.public_id) for one in people] + ["x"]})
    assert answer.status_code == 422


def test_looking_changes_nothing(ada, scene):
    courses.finish(scene.course(), scene.absorbed)
    assert ada.get(look(scene)).status_code == 200
    assert not Merge.objects.exists()


def test_merging_and_undoing_by_the_pages(ada, scene):
    answer = ada.post(look(scene), {"reason": "Samme person"}, follow=True)
    merge = Merge.objects.get()
    assert answer.redirect_chain == [(reverse("merge", args=[merge.public_id]), 302)]
    ada.post(reverse("undo_merge", args=[merge.public_id]))
    merge.refresh_from_db()
    assert merge.undone_at is not None


def test_without_a_reason_nothing_is_merged_and_the_field_says_what_to_do(ada, scene):
    answer = ada.post(look(scene), {"reason": ""})
    assert answer.status_code == 422 and b'aria-invalid="true"' in answer.content
    assert not Merge.objects.exists()


def test_why_undo_is_refused_is_told(ada, scene):
    Membership.objects.filter(member=scene.kept).update(valid_from="2026-01-01")
    merge = scene.merge()
    Membership.objects.filter(member=scene.kept).update(valid_until="2027-01-01")
    page = ada.post(reverse("undo_merge", args=[merge.public_id]), follow=True).content.decode()
    assert "t-alertbox" in page
    assert Merge.objects.get().undone_at is None


def test_two_people_are_kept_apart_and_asked_about_again(ada, scene):
    url = reverse("keep_apart", args=[scene.kept.public_id, scene.absorbed.public_id])
    ada.post(url)
    assert NotSamePerson.objects.count() == 1
    assert url in ada.get(reverse("merging")).content.decode()
    ada.post(url, {"again": "1"})
    assert not NotSamePerson.objects.exists()


def test_a_merge_one_may_not_do_is_explained_and_has_no_button(client, scene):
    keeper = organisation.make_member("Nora", of=scene.county)
    organisation.make_appointment(keeper, "administrator", unit=scene.county)
    organisation.make_appointment(scene.kept, "administrator", unit=scene.nation)
    client.force_login(keeper)
    page = client.get(look(scene)).content.decode()
    assert 'name="reason"' not in page
    assert client.post(look(scene), {"reason": "Fordi"}).status_code == 404


def test_who_keeps_no_register_finds_no_page(client, scene):
    client.force_login(scene.kept)
    assert client.get(reverse("merging")).status_code == 404
    assert client.get(look(scene)).status_code == 404


def test_people_elsewhere_are_not_there(client, scene):
    keeper = organisation.make_member("Nora", of=scene.other_county)
    organisation.make_appointment(keeper, "administrator", unit=scene.other_county)
    merge = scene.merge()
    client.force_login(keeper)
    assert client.get(look(scene)).status_code == 404
    assert client.get(reverse("merge", args=[merge.public_id])).status_code == 404
    assert client.post(reverse("undo_merge", args=[merge.public_id])).status_code == 404
    page = client.get(reverse("merging"), {"q": "nordmann"}).content.decode()
    assert str(scene.kept.public_id) not in page


def test_the_list_costs_the_same_however_many_pairs(ada, scene, django_assert_max_num_queries):
    for n in range(15):
        for number in (f"n{n}", None):
            organisation.make_member(
                f"Per{n} Hansen{n}", of=scene.branch, email=f"p{n}@example.org", member_number=number
            )
    ada.get(reverse("merging"))
    with django_assert_max_num_queries(24):
        ada.get(reverse("merging"))
