"""Check questions are written in the lesson: a draft may be unfinished, what is sent says what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from courses.catalogue.blocks import LessonBody
from courses.catalogue.models import LessonPage, ModulePage
from courses.catalogue.writing import demand_answers, minutes_to_read
from lms.pages.writing import address_of
from tests.factories.courses import make_course_pages
from tests.factories.editing import add_page, lesson_form, make_writer, quiz, signed_in

ONE = [("Ja", True), ("Nei", False)]


def wrong(choices: list[tuple[str, bool]], *, several: bool = False) -> str:
    with pytest.raises(ValidationError) as raised:
        demand_answers(choices, several=several)
    return " ".join(str(said.message) for said in raised.value.non_block_errors.as_data())


@pytest.mark.parametrize(
    ("choices", "several", "said"),
    [
        ([("Ja", False), ("Nei", False)], False, "Tick «right»"),
        ([("Ja", True), ("Nei", True)], True, "at least one that is wrong"),
        ([("Ja", True), ("Jo", True), ("Nei", False)], False, "Only one choice"),
        (ONE, True, "two choices or more"),
        ([("Ja", True), (" ja ", False)], False, "say the same"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    choices: list[tuple[str, bool]], several: bool, said: str, settings: Any
) -> None:
    from django.utils import translation

    with translation.override("en"):
        assert said in wrong(choices, several=several)


def test_right_questions_pass() -> None:
    demand_answers(ONE, several=False)
    demand_answers([("A", True), ("B", True), ("C", False)], several=True)


def test_a_new_question_comes_with_three_choices_and_a_heading() -> None:
    block = LessonBody().child_blocks["quiz"]
    question = block.child_blocks["questions"].child_blocks["choices"]
    assert len(question.get_default()["choices"]) == 3
    assert str(block.get_default()["title"])


@pytest.mark.parametrize("name", ["text", "fact", "example", "quiz", "reflection", "checklist"])
def test_the_block_picker_shows_what_a_block_is(name: str) -> None:
    block = LessonBody().child_blocks[name]
    assert block.is_previewable
    assert str(block.get_description())


@pytest.mark.django_db
class TestSending:
    """Over the lesson's screen."""

    @pytest.fixture
    def module(self) -> ModulePage:
        return ModulePage.objects.child_of(make_course_pages(1)).first()

    def test_a_draft_may_hold_an_unfinished_question(self, module: ModulePage) -> None:
        form = lesson_form("Halv", quiz(("Ja", False), ("", False), ("", False), stem=""))
        assert add_page(signed_in(make_writer()), "lessonpage", module, form).status_code == 302
        draft = LessonPage.objects.get(title="Halv").get_latest_revision_as_object()
        assert len(draft.body[0].value["questions"][0].value["choices"]) == 3

    def test_sending_an_unfinished_question_says_what_is_missing(self, module: ModulePage) -> None:
        form = lesson_form("Halv", quiz(("Ja", False), ("Nei", False)), action="action-submit")
        answer = add_page(signed_in(make_writer(language="en")), "lessonpage", module, form)
        assert answer.status_code == 200
        assert "at the choice that is right" in str(answer.context["form"].errors.as_data()) + answer.content.decode()

    def test_empty_choices_are_dropped_when_it_is_sent(self, module: ModulePage) -> None:
        form = lesson_form("Hel", quiz(*ONE, ("", False)), action="action-submit")
        add_page(signed_in(make_writer()), "lessonpage", module, form)
        draft = LessonPage.objects.get(title="Hel").get_latest_revision_as_object()
        assert [choice["text"] for choice in draft.body[0].value["questions"][0].value["choices"]] == ["Ja", "Nei"]

    def test_the_editor_of_a_new_lesson_opens_with_an_empty_text_and_no_tab_for_publishing(
        self, module: ModulePage
    ) -> None:
        shown = signed_in(make_writer()).get(f"/admin/pages/add/courses/lessonpage/{module.pk}/")
        assert [block.block_type for block in shown.context["form"].instance.body] == ["text"]
        assert not {"slug", "go_live_at", "expire_at"} & set(shown.context["form"].fields)

    def test_a_block_shows_itself_in_the_picker(self, module: ModulePage) -> None:
        client = signed_in(make_writer())
        shown = client.get(f"/admin/pages/add/courses/lessonpage/{module.pk}/").content.decode()
        for block in LessonPage._meta.get_field("body").stream_block.child_blocks.values():
            if block.is_previewable:
                assert client.get(f"/admin/block-preview/?id={block.definition_prefix}").status_code == 200
        assert shown


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Økonomi på øya", "okonomi-pa-oya"),
        ("Ærlig!", "aerlig"),
        ("Ášši ja đoaibma", "assi-ja-doaibma"),
        ("日本", "side"),
    ],
)
def test_an_address_is_made_from_a_title_in_our_letters(title: str, address: str) -> None:
    assert address_of(title) == address


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (180, 1), (640, 4)])
def test_how_long_a_text_takes(words: int, minutes: int) -> None:
    assert minutes_to_read(words) == minutes
