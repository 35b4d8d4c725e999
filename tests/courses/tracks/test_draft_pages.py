"""The pages of tracks and drafts: every kind by its form, what is wrong said at the field, and who they are for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from courses.progression.models import Award, Level, LevelRule, Track
from courses.tracks import palette
from courses.tracks.models import RulePreview
from lms.audit.models import Sighting
from lms.competences.models import Competence
from lms.jobs.sweeper import run_waiting
from lms.periods import today
from tests.courses.tracks.drafts import chief_of, completed, draft_with, looked_over, made_course, rule_with
from tests.factories import courses, organisation
from tests.factories.competences import make_competence

pytestmark = pytest.mark.django_db


@pytest.fixture
def nation():
    return organisation.make_tree()[0]


@pytest.fixture
def chief(nation):
    return chief_of(nation)


@pytest.fixture
def page(client: Client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def draft(chief) -> LevelRule:
    rule_with("gammelt")
    return draft_with("nytt", by=chief)


def filled() -> dict[str, dict[str, object]]:
    """One good answer to each form."""
    organisation.make_office("treasurer")
    named = {"title_nb": "Samling i nord"}
    return {
        "course": {"course": made_course("nytt").pk},
        "paper": {"which": courses.make_paper(2).key, "least_percent": 80},
        "competence": {"competence": Competence.objects.first().pk, "least_level": 2},
        "competence_count": {"count": 3, "least_level": 2},
        "level": {"level": Level.objects.exclude(key=courses.GRUNN).first().pk, "or_lapsed": "on"},
        "office": {"offices": ["treasurer"], "months": 12, "within_months": 24, "unit_kinds": ["county"]},
        "session": {**named, "least_share": 75},
        "practice": {**named, "least_score": 3, "count": 2, "distinct_observers": 2},
        "hours": {"least_hours": "12"},
        "hours_taught": {"least_hours": "8", "within_months": 24},
        "attestation": {**named, "by": ["instructor"]},
        "all_of": {"x": ""},
        "any_of": {"least": 1},
        "equivalent": {"title_nb": "Realkompetanse"},
    }


def test_every_kind_is_added_by_its_form_and_opened_again_with_what_was_said(page, draft):
    make_competence()
    answers = filled()
    assert set(answers) == set(palette.SORTS)
    course = draft.requirements.get()
    for kind, told in answers.items():
        under = f"?under={course.pk}" if kind == "equivalent" else ""
        sent = page.post(reverse("add_requirement", args=[draft.pk, kind]) + under, told)
        assert sent.status_code == 302, (kind, sent.context and sent.context["form"].errors)
        row = draft.requirements.order_by("-pk").first()
        assert row.kind == kind
        again = page.get(reverse("change_requirement", args=[draft.pk, row.pk]))
        saved = page.post(reverse("change_requirement", args=[draft.pk, row.pk]), told)
        assert (again.status_code, saved.status_code) == (200, 302), kind
    assert page.get(reverse("rule", args=[draft.pk])).status_code == 200


@pytest.mark.parametrize(
    ("kind", "told", "field"),
    [
        ("course", {}, "course"),
        ("office", {"months": 24, "within_months": 12}, "within_months"),
        ("office", {"months": "to"}, "months"),
        ("practice", {"title_nb": "x", "least_score": 3, "count": 1, "distinct_observers": 2}, "distinct_observers"),
        ("session", {"least_share": 75}, "title_nb"),
        ("paper", {"title_nb": "Ny prøve", "least_percent": 140}, "least_percent"),
        ("attestation", {"title_nb": "x"}, "by"),
        ("any_of", {"least": 0}, "least"),
        ("hours", {"least_hours": "mange"}, "least_hours"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_written_stays(page, draft, kind, told, field):
    shown = page.post(reverse("add_requirement", args=[draft.pk, kind]), told or {"x": ""})
    assert shown.status_code == 200
    assert field in shown.context["form"].errors
    assert draft.requirements.count() == 1


def test_a_track_is_made_with_its_first_level(page):
    texts = {"title_nb": "Ungdom", "key": "ungdom"}
    assert page.post(reverse("found_track"), texts).url == reverse("add_level", args=["ungdom"])
    level = {"title_nb": "først", "display_name_nb": "Først ute", "key": "forst"}
    assert page.post(reverse("add_level", args=["ungdom"]), level).status_code == 302
    assert Track.objects.get(key="ungdom").levels.get().key == "ungdom.forst"
    again = page.post(reverse("found_track"), texts)
    assert "key" in again.context["form"].errors
    assert "Ungdom" in page.get(reverse("tracks")).content.decode()


def test_from_the_draft_to_the_rule_in_force(page, nation, draft):
    member = organisation.make_member("Ny", of=nation)
    completed(member, made_course("nytt"))
    asked = page.post(reverse("ask_preview", args=[draft.pk]))
    assert page.get(asked.url).headers["Refresh"] == "2"
    run_waiting()
    shown = page.get(asked.url)
    assert [sum["number"] for sum in shown.context["sums"]] == [1, 1, 0]
    assert "Ny" in shown.content.decode()
    assert Sighting.objects.filter(page="rule_preview", act="saw").exists()
    adopt = reverse("adopt_rule", args=[draft.pk])
    told = {"decision": "Landsstyret, sak 31", "valid_from": today().isoformat(), "older": "keep"}
    assert "decision" in page.post(adopt, told | {"decision": ""}).context["form"].errors
    page.post(adopt, told)
    assert LevelRule.objects.get(pk=draft.pk).adopted_at is None
    assert page.post(adopt, told | {"sure": "yes"}).url == reverse("rule_adopted", args=[draft.pk])
    run_waiting()
    assert Award.objects.get(member=member).rule_id == draft.pk
    assert page.get(reverse("rule_adopted", args=[draft.pk])).context["awards"] == 1
    assert page.get(reverse("rule", args=[draft.pk])).status_code == 200


def test_a_day_on_which_older_awards_end_must_lie_ahead(page, chief, draft):
    looked_over(draft, chief)
    told = {"decision": "Sak 31", "valid_from": today().isoformat(), "older": "end"}
    adopt = reverse("adopt_rule", args=[draft.pk])
    for day in ("", (today() - dt.timedelta(days=1)).isoformat()):
        assert "ends_older_on" in page.post(adopt, told | {"ends_older_on": day}).context["form"].errors


def test_nothing_is_adopted_that_was_not_looked_over(page, draft):
    assert page.get(reverse("adopt_rule", args=[draft.pk])).url == reverse("rule", args=[draft.pk])


def test_the_list_is_taken_as_a_file_and_written_down(page, nation, chief, draft):
    member = organisation.make_member("Åse Ny", of=nation)
    completed(member, made_course("nytt"))
    preview = looked_over(draft, chief)
    for form in ("csv", "xlsx"):
        assert page.get(reverse("rule_preview_file", args=[preview.public_id, form])).status_code == 200
    csv = page.get(reverse("rule_preview_file", args=[preview.public_id, "csv"])).content.decode("utf-8-sig")
    assert "Åse Ny" in csv
    assert Sighting.objects.filter(page="rule_preview", act="exported").count() == 3


def test_a_county_administrator_reads_what_is_in_force_and_nothing_more(client, nation, draft):
    county = organisation.make_unit("Troms", under=nation, kind="county")
    ada = organisation.make_member("Ada", of=county)
    organisation.make_appointment(ada, "administrator", unit=county)
    client.force_login(ada)
    assert client.get(reverse("tracks")).status_code == 200
    assert client.get(reverse("track_level", args=[courses.GRUNN])).status_code == 200
    assert client.get(reverse("rule", args=[draft.pk])).status_code == 404
    assert client.post(reverse("draft_rule", args=[courses.GRUNN])).status_code == 404


def test_a_draft_with_an_empty_group_is_not_looked_over(page, draft):
    page.post(reverse("add_requirement", args=[draft.pk, "any_of"]), {"least": 2})
    page.post(reverse("ask_preview", args=[draft.pk]))
    assert not RulePreview.objects.exists()


def test_the_page_of_a_level_takes_as_many_queries_for_ten_requirements_as_for_one(page, django_assert_max_num_queries):
    rule_with(*(f"kurs-{number}" for number in range(10)))
    page.get(reverse("track_level", args=[courses.GRUNN]))
    with django_assert_max_num_queries(30):
        page.get(reverse("track_level", args=[courses.GRUNN]))
