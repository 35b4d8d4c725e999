"""The record of processing (GDPR article 30), drawn from the declarations and the retention rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lms.privacy.declarations import Kind, OnErase, declared
from lms.privacy.retention import rules

_INTRO = """# Record of processing

Drawn from the data map by `manage.py record_of_processing`; a test fails when it is not current. Do not edit it by hand.

**Who answers for it:** the organisation that runs this installation. **Whose data:** members, sympathisers, officers and former members. **Legal basis:** GDPR article 6(1)(b) and (f), and article 9(2)(d): an association with a political aim, for its own members and those in regular contact with it, and no disclosure outside without consent. **Who receives it:** nobody outside. What leaves the house by the person's own choice: a certificate's check page (without a name unless the holder opens it). A mail provider sees addresses and neutral subjects. **Transfers to other countries:** none by the program. **Security:** docs/architecture.md and docs/operations/running.md.
"""  # noqa: E501 - a paragraph of the document is one line
_KINDS = {
    Kind.IDENTITY: "Who somebody is",
    Kind.CONTACT: "How to reach them",
    Kind.POLITICAL: "What reveals a political opinion (article 9)",
    Kind.OFFICE: "Offices and rights",
    Kind.LEARNING: "Learning",
    Kind.TECHNICAL: "Technical",
}
_FATE = {
    OnErase.DELETE_ROW: "the row is deleted",
    OnErase.BLANK: "emptied",
    OnErase.UNLINK: "the row stays, without the person",
    OnErase.KEEP: "stays, and leads to nobody",
}


def record_of_processing() -> str:
    """The whole document, in Markdown."""
    return "\n".join([_INTRO, _figures(), *_by_kind(), *_retention()]).rstrip() + "\n"


def _figures() -> str:
    said = declared().values()
    personal, plain = sum(len(one.personal) for one in said), sum(len(one.plain) for one in said)
    return f"{len(declared())} models are declared: {personal} fields about a person, {plain} that are not.\n"


def _by_kind() -> Iterator[str]:
    for kind, title in _KINDS.items():
        yield f"## {title}\n"
        yield "| why | fields | kept | on erasure | in the person's copy |"
        yield "|---|---|---|---|---|"
        grouped: dict[tuple[str, str, str, bool], list[str]] = defaultdict(list)
        for said in declared().values():
            for name, rule in said.personal.items():
                if rule.kind == kind:
                    place = (rule.purpose, rule.keep, _FATE[rule.on_erase], rule.export)
                    grouped[place].append(f"{said.model._meta.label}.{name}")
        for (purpose, keep, fate, is_exported), names in sorted(grouped.items()):
            copy = "yes" if is_exported else "no"
            yield f"| {purpose} | {', '.join(f'`{name}`' for name in sorted(names))} | {keep} | {fate} | {copy} |"
        yield ""


def _retention() -> Iterator[str]:
    yield "## What is purged every day\n"
    yield "The days are set in `TILLIT_KEEP_DAYS`, within the bounds; a start with others is refused.\n"
    yield "| rule | what | days | least | most |"
    yield "|---|---|---|---|---|"
    for rule in rules():
        yield f"| `{rule.name}` | {rule.about} | {rule.days} | {rule.floor} | {rule.ceiling} |"
    yield ""
