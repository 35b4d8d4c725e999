"""Gather the interface's sentences and compile their translations: ``make messages``.

Writes ``lms/locale/<language>/LC_MESSAGES/django.po`` and ``.mo``. Nothing is guessed: a
sentence that changed stands empty until someone has translated it. Prints what is missing,
and ends with 1 when something is. Needs gettext's programs; no database and no settings.
English is what the source says already, so its catalogue holds only the sentences of other
houses that we say in our own words (``lms/members/borrowed.py``); an empty one is said as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.commands.makemessages import Command as MakeMessages

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "lms" / "locale"
TRANSLATED = ("nb", "nn")
SOURCE = "en"
BORROWED = "lms/members/borrowed.py"
NOT_OURS = ("var", "tests", "docs", "scripts", "benchmarks", "migrations", "node_modules")
HEADER = """\
# Tillit: the interface in {language}. Gathered by `make messages`; write only the msgstr lines.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


class Gather(MakeMessages):
    """Django's own gathering: sorted, on long lines, and never guessing."""

    msgmerge_options = ["--quiet", "--backup=none", "--update", "--no-fuzzy-matching", "--sort-output"]


def main() -> int:
    """Gather, tidy, compile, and tell what is missing."""
    os.chdir(ROOT)
    settings.configure(LOCALE_PATHS=[CATALOGUES], USE_I18N=True)
    Gather().run_from_argv(["manage.py", "makemessages", *_options()])
    missing = 0
    for language in (*TRANSLATED, SOURCE):
        catalogue = CATALOGUES / language / "LC_MESSAGES" / "django.po"
        _tidy(catalogue, language)
        compiled = str(catalogue.with_suffix(".mo"))
        subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", compiled, str(catalogue)], check=True)
        if language in TRANSLATED:
            missing += _tell_missing(catalogue, language)
    return 1 if missing else 0


def _options() -> list[str]:
    languages = [word for language in (*TRANSLATED, SOURCE) for word in ("--locale", language)]
    ignored = [word for pattern in NOT_OURS for word in ("--ignore", pattern)]
    return [*languages, *ignored, "--no-obsolete", "--no-wrap", "--add-location", "file", "--verbosity", "0"]


def _tidy(catalogue: Path, language: str) -> None:
    """Our own header, without dates that change; in English only what is borrowed."""
    tidy = ["msgattrib", "--force-po", "--no-wrap", "--no-obsolete", "--sort-output", str(catalogue)]
    subprocess.run([*tidy, "--output-file", str(catalogue)], check=True)
    entries = catalogue.read_text("utf-8").strip().split("\n\n")[1:]
    if language == SOURCE:
        entries = [entry for entry in entries if BORROWED in entry]
    catalogue.write_text("\n\n".join([HEADER.format(language=language).strip(), *entries]) + "\n", "utf-8")


def _tell_missing(catalogue: Path, language: str) -> int:
    """Print the sentences without a translation, with where they stand; return how many there are."""
    untranslated = ["msgattrib", "--untranslated", "--no-wrap", str(catalogue)]
    left = subprocess.run(untranslated, check=True, capture_output=True, encoding="utf-8").stdout
    entries = [entry for entry in left.strip().split("\n\n") if entry and 'msgid ""\nmsgstr' not in entry]
    waiting = f"{len(entries)} sentences wait for a translation" if entries else "every sentence is translated"
    print(f"{language}: {waiting}")
    for entry in entries:
        lines = entry.splitlines()
        places = " ".join(line.removeprefix("#: ") for line in lines if line.startswith("#: "))
        words = " / ".join(line.partition(" ")[2] for line in lines if line.startswith("msgid"))
        print(f"  {words}  ({places})")
    return len(entries)


if __name__ == "__main__":
    sys.exit(main())
