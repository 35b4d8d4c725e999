"""The demo's site: a front page and a list of courses in each language."""

from __future__ import annotations

from wagtail.models import Locale, Page, Site

from courses.catalogue.models import CourseIndexPage, HomePage
from courses.demo.reading import read_toml
from lms.pages.models import OrganisationSettings


def load_site() -> dict[str, CourseIndexPage]:
    """The list of courses by language; bokmål is the site's own, the others are its translations."""
    settings = OrganisationSettings.load()
    settings.name = "Folkeforeningen"
    settings.save()
    root = Page.get_first_root_node()
    Site.objects.all().delete()
    root.get_children().delete()
    found: dict[str, CourseIndexPage] = {}
    for language, told in read_toml("site.toml").items():
        locale, _ = Locale.objects.get_or_create(language_code=language)
        home = HomePage(locale=locale, **told["home"])
        index = CourseIndexPage(locale=locale, **told["index"])
        if "nb" in found:
            home.translation_key = found["nb"].get_parent().translation_key
            index.translation_key = found["nb"].translation_key
        Page.objects.get(pk=root.pk).add_child(instance=home)
        found[language] = home.add_child(instance=index)
        if language == "nb":
            Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Tillit")
    return found
