"""What the requirements in force are called to the room of competences: by what one vouches for, and by their key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courses.progression import rules
from courses.progression.trees import ladder_on
from lms.competences.abouts import About, register_abouts
from lms.periods import today
from lms.wording import Wording


def vouched(key: str) -> About | None:
    """What an attestation is about, and all the places a rule in force takes it from. No query when it is warm."""
    found = [rule for rule in _in_force() if isinstance(rule, rules.Attested) and rule.about == key]
    if not found:
        return None
    places = () if any(not rule.by for rule in found) else tuple(dict.fromkeys(p for rule in found for p in rule.by))
    return About(key, found[0].title, places)


def waived(key: str) -> About | None:
    """The requirement with a key, by its name. No query when it is warm."""
    for rule in _in_force():
        if isinstance(rule, rules.Substitutable) and rule.key == key:
            return About(key, _title(rule.rule) or {"nb": key})
    return None


def _title(rule: rules.Rule) -> Wording:
    """What a requirement is called: its own name, or those of its parts."""
    own: Wording = getattr(rule, "title", {})
    if own or not isinstance(rule, rules.AllOf | rules.AnyOf):
        return own
    titles = [_title(part) for part in rule.parts]
    languages = dict.fromkeys(language for title in titles for language in title)
    return {language: ", ".join(title.get(language, "") for title in titles) for language in languages}


def _in_force() -> Iterator[rules.Rule]:
    for step in ladder_on(today()):
        yield from _walk([step.required, *([step.renewal] if step.renewal else [])])


def _walk(nodes: Iterable[rules.Rule]) -> Iterator[rules.Rule]:
    for rule in nodes:
        yield rule
        if isinstance(rule, rules.AllOf | rules.AnyOf):
            yield from _walk(rule.parts)
        elif isinstance(rule, rules.Substitutable):
            yield from _walk([rule.rule])
            for alternative in rule.alternatives:
                yield from _walk(alternative.needs)


def register() -> None:
    """Say so, once, at start."""
    register_abouts(vouched=vouched, waived=waived)
