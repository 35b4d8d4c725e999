"""The kinds of question, side by side."""

from assessments.bank.models import Question


class SingleChoice(Question):
    """Exactly one of the choices is right. Personal data: no."""

    kind = "single"


class MultipleChoice(Question):
    """One or more of the choices are right; all of them and no other must be chosen. Personal data: no."""

    kind = "multiple"


class TrueFalse(Question):
    """A claim that is true or false. Personal data: no."""

    kind = "true_false"


KINDS: dict[str, type[Question]] = {k.kind: k for k in (SingleChoice, MultipleChoice, TrueFalse)}
