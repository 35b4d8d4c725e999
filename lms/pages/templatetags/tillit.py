"""Template tags and filters for the design: one tag per component, words in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.utils import dateformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from lms.pages import drawing
from lms.wording import in_language

register = template.Library()
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.inclusion_tag("tillit/components/icon.html")
def icon(name: str, css: str = "", label: str = "") -> dict[str, str]:
    """An icon from the sprite. Without a label it is decoration and hidden from screen readers."""
    return {"name": name, "css": css, "label": label}


@register.inclusion_tag("tillit/components/cairn.html")
def cairn(laid: int = 0, size: str = "", label: str = "", is_new: bool = False) -> dict[str, Any]:
    """The cairn with ``laid`` stones of three; the rest are dashed. Size is "", "s", "m" or "l".

    ``is_new``: the topmost stone was laid just now and sinks into place.
    """
    return {"stones": _stones(laid), "size": size, "label": label, "is_new": is_new}


def _stones(laid: int) -> list[tuple[str, bool]]:
    """The three stones from the lowest, each with whether it is laid."""
    return [(path, place < int(laid or 0)) for place, path in enumerate(drawing.STONES)]


@register.inclusion_tag("tillit/components/summit.html")
def summit(laid: int, x: float, y: float, scale: float) -> dict[str, Any]:
    """The same cairn within another drawing: its upper left corner, and how many times its 32-box."""
    return {"stones": _stones(laid), "place": f"translate({x} {y}) scale({scale})"}


@register.inclusion_tag("tillit/components/map.html")
def trail_map(levels: Sequence[Any]) -> dict[str, Any]:
    """The front page's map. ``levels`` have ``order`` (stones) and ``name``; the first three are drawn."""
    stones = [drawing.STONES[:place] for place in range(1, 4)]
    return {"sheets": [(sheet, list(zip(sheet.stops, stones, levels, strict=False))) for sheet in drawing.MAPS]}


@register.inclusion_tag("tillit/components/stone.html")
def stone(is_laid: bool = False) -> dict[str, Any]:
    """The first stone alone: what a test gives."""
    return {"path": drawing.STONES[0], "is_laid": is_laid}


@register.inclusion_tag("tillit/components/word.html")
def word() -> dict[str, str]:
    """The word mark."""
    return {}


@register.inclusion_tag("tillit/components/way.html")
def way(done: int, total: int, label: str = "", width: int = 420) -> dict[str, Any]:
    """The progress line: walked is solid, the rest dotted. The label says it in words."""
    return {"way": drawing.way(int(done or 0), int(total or 0), width), "label": label}


@register.simple_tag
def trail_nodes(course: Any) -> list[drawing.Node]:
    """The marks of a course's trail in order, each with the curve that leads on."""
    return drawing.nodes(course)


@register.simple_tag
def trail_curves() -> dict[str, str]:
    """The curves a trail draws from, by name."""
    return drawing.CURVES


@register.inclusion_tag("tillit/components/field.html")
def field(bound: BoundField, hint: str | None = None, css: str = "") -> dict[str, Any]:
    """A form field with label, hint above, the control, and its error beneath.

    The hint is the field's help text unless another is given; "" leaves it out.
    """
    hint = str(bound.help_text) if hint is None else hint
    named = bound.auto_id or bound.html_name
    described = " ".join(part for part, shown in ((f"{named}-hint", hint), (f"{named}-error", bound.errors)) if shown)
    kind = getattr(bound.field.widget, "input_type", None) or ""
    # The label says what to write; a placeholder would vanish when it is needed.
    attributes: dict[str, Any] = {
        "class": f"{bound.field.widget.attrs.get('class', '')} ds-input".strip(),
        "placeholder": False,
    }
    if described and not bound.use_fieldset:
        attributes["aria-describedby"] = described
    plain = copy(bound)
    plain.help_text = ""  # Django would refer to it by an id of its own, which no page has
    shape = (
        "group" if bound.use_fieldset and kind in ("radio", "checkbox") else "check" if kind == "checkbox" else "line"
    )
    return {
        "field": bound, "control": plain.as_widget(attrs=attributes), "hint": hint, "css": css,
        "described": described, "named": named, "shape": shape,
    }  # fmt: skip


@register.inclusion_tag("tillit/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Everything that must be put right in the form, with links to the fields."""
    wrong = [bound for bound in form.visible_fields() if bound.errors] if form.is_bound else []
    general = list(form.non_field_errors()) if form.is_bound else []
    return {"fields": wrong, "general": general, "count": len(wrong) + len(general)}


@register.filter
def last_day(until: date | None) -> date | None:
    """The last day of a period that ends before ``until``: what a reader who was asked for the last day expects."""
    return until - timedelta(days=1) if until else None


@register.filter
def long_date(value: date | None) -> str:
    """14. oktober 2026 in Norwegian, 14 October 2026 in English."""
    if not value:
        return ""
    pattern = "j F Y" if (get_language() or "").startswith("en") else "j. F Y"
    return dateformat.format(value, pattern)


@register.filter
def at_break(value: object) -> SafeString:
    """An e-mail address that breaks before its @ where the line is short, not in the middle of a word."""
    first, *rest = str(value).split("@")
    return format_html("{}{}", first, format_html_join("", "<wbr>@{}", ((part,) for part in rest)))


@register.filter
def minutes(value: int | None) -> str:
    """A length in words: 12 minutter, 2 timer, 1 time 10 minutter."""
    hours, rest = divmod(int(value or 0), 60)
    parts = [ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return " ".join(parts)


@register.filter
def spaced(value: int | str | None) -> str:
    """20 000 with spaces that do not break; 20,000 in English."""
    if value is None or value == "":
        return ""
    mark = "," if (get_language() or "").startswith("en") else NO_BREAK
    return f"{int(value):,}".replace(",", mark)


@register.filter
def wording(texts: dict[str, str] | None) -> str:
    """A text that is data, in the active language."""
    return in_language(texts or {})


@register.filter
def own_name(code: str) -> str:
    """What a language is called in itself."""
    return dict(settings.LANGUAGES).get(code, code)
