"""The blocks of a lesson that are something to do. Each is an activity; its block id is the activity's key."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import BlockGroup

from courses.catalogue.drafts import DraftableBlock
from courses.catalogue.examples import CHECKLIST, QUIZ, REFLECTION
from courses.catalogue.films import EpisodeBlock, FilmBlock
from courses.catalogue.writing import demand_answers
from lms.pages.blocks import DownloadBlock, ExampleBlock, FactBlock, PictureBlock, TextBlock

TO_DO = _("To do")
"""The blocks that ask something of the reader stand together in the block picker."""


class ChoiceBlock(blocks.StructBlock):
    """One choice of a question."""

    text = blocks.CharBlock(max_length=400, label=_("Choice"))
    right = blocks.BooleanBlock(required=False, label=_("Right"))
    feedback = blocks.CharBlock(
        required=False, max_length=400, label=_("If chosen"),
        help_text=_("Why this is right or wrong; shown to the one who chose it."),
    )  # fmt: skip

    class Meta:
        label_format = "{text}"
        form_layout = BlockGroup(children=["text", "right"], settings=["feedback"])


class ChoiceQuestionBlock(DraftableBlock):
    """A question with one right choice."""

    stem = blocks.CharBlock(max_length=500, label=_("Question"))
    choices = blocks.ListBlock(
        ChoiceBlock(), min_num=2, max_num=8, label=_("Choices"),
        default=[{"text": "", "right": False, "feedback": ""}] * 3,
        help_text=_("A choice left empty is dropped. Behind the gear you write what is said to the one who chose it."),
    )  # fmt: skip
    feedback = blocks.TextBlock(
        required=False, max_length=1000, label=_("Afterwards"),
        help_text=_("Shown when the answer is right: why it is so."),
    )  # fmt: skip

    several_right = False

    class Meta:
        icon = "list-ul"
        label = _("One right")
        label_format = "{stem}"

    def clean(self, value: Any) -> Any:
        if self.is_draft:
            return super().clean(value)
        choices = value["choices"]
        said = [bound for bound in choices.bound_blocks if any(bound.value.values())]
        value["choices"] = ListValue(choices.list_block, bound_blocks=said)
        cleaned = super().clean(value)
        demand_answers([(c["text"], bool(c["right"])) for c in cleaned["choices"]], several=self.several_right)
        return cleaned


class SeveralQuestionBlock(ChoiceQuestionBlock):
    """A question with more than one right choice; all of them, and no other, is the answer."""

    several_right = True

    class Meta:
        icon = "tasks"
        label = _("Several right")
        label_format = "{stem}"


class ClaimBlock(blocks.StructBlock):
    """A claim that is true or false."""

    stem = blocks.CharBlock(
        max_length=500, label=_("Claim"), help_text=_("A sentence that is either true or false, not a question.")
    )
    is_true = blocks.BooleanBlock(required=False, label=_("The claim is true"))
    feedback = blocks.TextBlock(
        required=False, max_length=1000, label=_("Afterwards"),
        help_text=_("Shown when the answer is right: why it is so."),
    )  # fmt: skip

    class Meta:
        icon = "check"
        label = _("True or false")
        label_format = "{stem}"


class QuizBlock(blocks.StructBlock):
    """Check questions in the lesson, answered one at a time, as often as one likes."""

    title = blocks.CharBlock(max_length=120, label=_("Heading"), default=_("Check yourself"))
    questions = blocks.StreamBlock(
        [("choices", ChoiceQuestionBlock()), ("multiple", SeveralQuestionBlock()), ("claim", ClaimBlock())],
        min_num=1, max_num=12, label=_("Questions"),
    )  # fmt: skip

    class Meta:
        icon = "help"
        group = TO_DO
        label = _("Check questions")
        description = _(
            "Questions that are answered on the spot, as often as one likes. The lesson is done when all are right."
        )
        preview_value = QUIZ
        preview_template = "courses/catalogue/writing/quiz.html"
        label_format = "{title}"


class ReflectionBlock(blocks.StructBlock):
    """A question to oneself. What is written is seen by nobody else."""

    prompt = blocks.TextBlock(max_length=600, label=_("Question to oneself"), rows=2)
    hint = blocks.CharBlock(
        required=False, max_length=300, label=_("Hint"), help_text=_("For the one who does not know where to begin.")
    )

    class Meta:
        icon = "edit"
        group = TO_DO
        label = _("Reflection")
        description = _("Something to think about and write down. What is written is seen by nobody else.")
        preview_value = REFLECTION
        preview_template = "courses/catalogue/writing/reflection.html"
        label_format = "{prompt}"


class ToDoBlock(blocks.CharBlock):
    """One thing to do. A list shows its items without their label, so the field carries it itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.field.widget.attrs["aria-label"] = _("To do")


class ChecklistBlock(blocks.StructBlock):
    """Things to do outside the course."""

    title = blocks.CharBlock(max_length=120, label=_("Heading"))
    items = blocks.ListBlock(ToDoBlock(), min_num=1, max_num=15, label=_("Items"))

    class Meta:
        icon = "tasks"
        group = TO_DO
        label = _("Checklist")
        description = _("Things to do outside the course. Each can be ticked off and comes back next time.")
        preview_value = CHECKLIST
        preview_template = "courses/catalogue/writing/checklist.html"
        label_format = "{title}"


class LessonBody(blocks.StreamBlock):
    """What a lesson may hold."""

    text = TextBlock(label=_("Text"))
    fact = FactBlock(label=_("Fact box"))
    example = ExampleBlock(label=_("Example"))
    picture = PictureBlock(label=_("Picture"))
    video = FilmBlock()
    episode = EpisodeBlock()
    quiz = QuizBlock()
    reflection = ReflectionBlock()
    checklist = ChecklistBlock()
    download = DownloadBlock(label=_("Download"))

    class Meta:
        block_counts = {"quiz": {"max_num": 3}}
