"""A plan on paper: the drawing, then years, stages and goals in words, and the talks about it. A tagged PDF."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from courses.planning.drawing import WIDE, Profile
from courses.planning.pages import PlanPage
from lms.pages.templatetags.tillit import long_date
from lms.paper.flow import DONE, QUIET, Flow, Shape
from lms.paper.lines import rgb

LAND, GONE, ACCENT, INK = rgb("#E3E8E5"), rgb("#B5C6BF"), rgb("#7A2F5C"), rgb("#21241A")
SIGNS = {"done": "done", "late": "late", "missed": "late"}


def plan_pdf(page: PlanPage, *, language: str, on: dt.date) -> bytes:
    """The file of a plan as its page shows it on a day."""
    flow = Flow(title=f"{page.heading}: {page.plan}", language=language, made_on=on)
    flow.heading(page.heading, 1)
    told = [str(page.plan), page.whose, page.months, page.state, page.closed]
    flow.paragraph(" · ".join(filter(None, told)), quiet=True)
    flow.figure(shapes_of(page.drawings[0]), size=WIDE, alt=page.sentence)
    flow.paragraph(page.sums)
    for year in page.years:
        flow.heading(year.label)
        for stage in year.stages:
            flow.heading(stage.months, 3)
            if stage.goals:
                flow.bullets(
                    (
                        SIGNS.get(line.state, "open"),
                        line.what,
                        " · ".join(filter(None, [str(line.look.word), line.detail, _left(line.names)])),
                    )
                    for line in stage.goals
                )
            for label, text in ((_("To do"), stage.action), (_("Talk"), stage.review)):
                if text:
                    flow.paragraph(f"{label}: {text}", quiet=True)
    _talks(flow, page)
    flow.paragraph(_("Printed %(day)s.") % {"day": long_date(on)}, quiet=True)
    return flow.finished()


def _left(names: tuple[str, ...]) -> str:
    return _("Still to go: %(names)s") % {"names": ", ".join(names)} if names else ""


def _talks(flow: Flow, page: PlanPage) -> None:
    if not page.reviews:
        return
    flow.heading(_("Talks about the plan"))
    for review in page.reviews:
        flow.heading(long_date(review.on), 3)
        flow.paragraph(review.words or _("Nothing was written down."))


def shapes_of(one: Profile) -> list[Shape]:
    """The drawing as shapes: what is on the screen, without its words, which stand beneath."""
    found = [Shape(one.land, fill=LAND)]
    if one.walked:
        found += [Shape(one.gone, fill=GONE)]
    found.append(Shape(one.ridge, stroke=QUIET, width=1.5))
    if one.walked:
        found.append(Shape(one.walked, stroke=DONE, width=5))
    for dot in one.dots:
        fill = DONE if dot.is_done else (1.0, 1.0, 1.0)
        found.append(Shape(_ring(dot.x, dot.y, 7), fill=fill, stroke=DONE if dot.is_done else QUIET, width=2))
    for cairn in one.cairns:
        found += [Shape(path, fill=DONE if cairn.is_done else INK) for path in cairn.placed()]
    if one.flag is not None:
        found.append(Shape(_ring(one.flag.x, one.flag.y, 11), fill=ACCENT, stroke=(1.0, 1.0, 1.0), width=3))
    return found


def _ring(x: float, y: float, radius: float) -> str:
    """A circle as four curves."""
    bend = radius * 0.5523
    left, right, top, low = x - radius, x + radius, y - radius, y + radius
    return (
        f"M{left:.1f} {y:.1f}C{left:.1f} {y - bend:.1f} {x - bend:.1f} {top:.1f} {x:.1f} {top:.1f}"
        f"C{x + bend:.1f} {top:.1f} {right:.1f} {y - bend:.1f} {right:.1f} {y:.1f}"
        f"C{right:.1f} {y + bend:.1f} {x + bend:.1f} {low:.1f} {x:.1f} {low:.1f}"
        f"C{x - bend:.1f} {low:.1f} {left:.1f} {y + bend:.1f} {left:.1f} {y:.1f}Z"
    )
