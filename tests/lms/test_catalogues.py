"""The catalogues hold every sentence of the interface, in bokmål and nynorsk, and are compiled."""

from __future__ import annotations

import ast
import functools
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
WINGS = ("lms", "courses", "assessments", "certificates", "media")
LANGUAGES = ("nb", "nn")
ONE, SEVERAL = {"_", "gettext", "gettext_lazy", "gettext_noop"}, {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
PLACE = re.compile(r"%(?:\(\w+\))?[sdf%]")
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALLED_IN_TEMPLATE = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(((?:{STRING}|[^()\"'])*)\)", re.DOTALL)


@dataclass
class Entry:
    """One sentence of a catalogue: its words, and its words in the language."""

    said: dict[str, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def sources(self) -> list[str]:
        return [self.said[key] for key in ("msgid", "msgid_plural") if key in self.said]

    @property
    def translations(self) -> list[str]:
        return [words for key, words in self.said.items() if key.startswith("msgstr")]


def catalogue(language: str) -> Path:
    return ROOT / "lms" / "locale" / language / "LC_MESSAGES" / "django.po"


@functools.cache
def read(path: Path) -> list[Entry]:
    """The entries of a .po file, its header left out."""
    entries = []
    for block in path.read_text("utf-8").split("\n\n"):
        entry, key = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#"):
                entry.is_fuzzy |= line.startswith("#,") and "fuzzy" in line
                continue
            head, quote, rest = line.partition('"')
            key = head.strip() or key
            entry.said[key] = entry.said.get(key, "") + ast.literal_eval(quote + rest)
        entries.append(entry)
    return [entry for entry in entries if entry.said.get("msgid")]


def sources(*endings: str) -> Iterator[Path]:
    found = (path for wing in WINGS for ending in endings for path in (ROOT / wing).rglob(f"*{ending}"))
    return (path for path in found if "migrations" not in path.parts)


def said_in_python(path: Path) -> Iterator[tuple[str, ...]]:
    """(sentence,) or (one, several) of every call, within f-strings too, where gettext's programs do not look."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            wanted = 1 if name in ONE | WITH_CONTEXT else 2 if name in SEVERAL else 0
            spoken = node.args[1:] if name in WITH_CONTEXT else node.args
            words = [arg.value for arg in spoken[:wanted] if isinstance(arg, ast.Constant) and arg.value]
            if words and len(words) == wanted and all(isinstance(word, str) for word in words):
                yield tuple(str(word) for word in words)


def said_in_template(path: Path) -> Iterator[tuple[str, ...]]:
    """The same of a template, as Django shows it to gettext's programs."""
    for name, called in CALLED_IN_TEMPLATE.findall(templatize(path.read_text("utf-8"), origin=str(path)) + " "):
        words = [literal(word) for word in re.findall(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", called)]
        words = words[1:] if name in ("pgettext", "npgettext") else words  # its first word is the context
        yield tuple(words[: 2 if name in ("ngettext", "npgettext") else 1])


def literal(word: str) -> str:
    return str(ast.literal_eval(word))


@functools.cache
def said() -> dict[tuple[str, ...], Path]:
    """Every sentence of the interface and a file that says it."""
    found = {words: path for path in sources(".py") for words in said_in_python(path)}
    templates = (path for path in sources(".html", ".txt") if "templates" in path.parts)
    return found | {words: path for path in templates for words in said_in_template(path)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_interface_is_in_the_catalogue(language: str) -> None:
    known = {tuple(entry.sources) for entry in read(catalogue(language))}
    singles = {words[0] for words in known}
    missing = [
        f"{path.relative_to(ROOT)}: {words}"
        for words, path in said().items()
        if words not in known and not (len(words) == 1 and words[0] in singles)
    ]
    assert not missing, "`make messages` gathers them:\n" + "\n".join(missing)


def test_gettext_goes_by_a_name_that_its_programs_know() -> None:
    aliases = [
        f"{path.relative_to(ROOT)}: {name.name} as {name.asname}"
        for path in sources(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in (None, "_")
    ]
    assert not aliases


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_a_guess(language: str) -> None:
    entries = read(catalogue(language))
    assert not [entry.sources for entry in entries if entry.is_fuzzy]
    assert not [entry.sources for entry in entries if not entry.translations or not all(entry.translations)]


@pytest.mark.parametrize("language", [*LANGUAGES, "en"])
def test_a_translation_has_the_same_places_as_the_sentence(language: str) -> None:
    wrong = [
        (source, words)
        for entry in read(catalogue(language))
        for source, words in [(entry.sources[-1], words) for words in entry.translations if words]
        if set(PLACE.findall(words)) - set(PLACE.findall(source))
        or set(PLACE.findall(entry.sources[0])) - set(PLACE.findall(words))
    ]
    assert not wrong


@pytest.mark.parametrize("language", [*LANGUAGES, "en"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with catalogue(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in read(catalogue(language)):
        if not all(entry.translations):
            continue
        one, several = entry.sources[0], entry.sources[-1]
        context = entry.said.get("msgctxt")
        if context is not None:
            assert compiled.pgettext(context, one) == entry.translations[0]
        elif "msgid_plural" in entry.said:
            assert [compiled.ngettext(one, several, n) for n in (1, 2)] == entry.translations
        else:
            assert compiled.gettext(one) == entry.translations[0]


def test_the_two_norwegian_catalogues_hold_the_same_sentences() -> None:
    bokmal, nynorsk = ({tuple(entry.sources) for entry in read(catalogue(language))} for language in LANGUAGES)
    assert bokmal == nynorsk


def test_subjects_of_mail_say_nothing_of_what_kind_of_organisation_this_is() -> None:
    subjects = list((ROOT / "lms" / "members" / "templates" / "account" / "email").glob("*_subject.txt"))
    spoken = {words for path in subjects for words in said_in_template(path)}
    telling = re.compile(r"parti|organisasjon|lag\b|styre|verv|medlem|Tillit", re.IGNORECASE)
    for language in LANGUAGES:
        for entry in read(catalogue(language)):
            if tuple(entry.sources) in spoken:
                assert not telling.search(entry.translations[0])
    assert subjects


OF_THE_OTHER = {
    "nb": "ikkje kva kven kvar korleis kvifor frå noko nokon ein eit éin òg berre sjølv utan vere vart no dei medlemer",
    "nn": "ikke hva hvem hvor hvordan hvorfor fra noe noen en et én også bare selv uten være ble jeg de dem medlemmer",
}
UNLIKE_US = "vennligst ugyldig ugyldige oops formann forkvinne partiet gutta systemet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_norwegian_strays_into_the_other_and_both_keep_the_voice(language: str) -> None:
    unwanted = {*OF_THE_OTHER[language].split(), *UNLIKE_US.split()}
    strayed = [
        (words, found)
        for entry in read(catalogue(language))
        for words in entry.translations
        if (found := unwanted & set(re.findall(r"\w+", PLACE.sub("", words).lower()))) or "!" in words
    ]
    assert not strayed
