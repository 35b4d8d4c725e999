"""What a page of vouching is about: read from its address, or from a row."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from lms.competences.abouts import About, vouched_about
from lms.competences.attesting import Thing
from lms.competences.framework import EntryShown
from lms.competences.models import AttestationRequest, Competence, Evidence
from lms.competences.queries import framework_on
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class What:
    """A competence with its entry, or a thing a requirement names; and the level it is about, in words."""

    title: str
    entry: EntryShown | None = None
    competence: Competence | None = None
    about: About | None = None
    level: int | None = None
    level_name: str = ""

    @property
    def query(self) -> str:
        """The same in an address."""
        return f"about={self.about.key}" if self.about else f"competence={self.entry.key if self.entry else ''}"

    def thing(self, level: int | None) -> Thing:
        """The same as services take it."""
        return Thing(self.competence, level if self.competence else None, self.about)


def thing_asked(request: HttpRequest) -> What:
    """What the address asks about: ``?competence=`` or ``?about=``. A thing nobody knows does not exist.

    What a thing is called says the room that requires it; a ``label`` in the address is not read,
    so that nobody is asked about one thing under the name of another.
    """
    about = vouched_about(request.GET.get("about", ""))
    if about is not None:
        return What(in_language(about.label), about=about)
    key = request.GET.get("competence", "")
    competence = Competence.objects.filter(key=key, archived_at=None).first()
    if competence is None:
        raise Http404
    try:
        entry = framework_on().entry(key)
    except LookupError as unknown:
        raise Http404 from unknown
    return What(str(entry), entry, competence)


def what_of(row: AttestationRequest | Evidence) -> What:
    """What a request, or a piece of evidence, is about."""
    if row.competence is None:
        return What(in_language(row.label) or row.about, about=About(row.about, row.label) if row.about else None)
    framework = framework_on()
    entry = framework.entry(row.competence.key)
    name = framework.level_name(row.level) if row.level is not None else ""
    return What(str(entry), entry, row.competence, level=row.level, level_name=name)
