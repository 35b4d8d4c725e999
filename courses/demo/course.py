"""The demo's course: from the files in ``content/`` to pages, paper and level."""

from __future__ import annotations

import uuid
from typing import Any

from assessments.attempts.models import Paper
from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.catalogue.publishing import publish_course
from courses.curriculum.models import Course
from courses.curriculum.services import found_course
from courses.demo.blocks import body_of
from courses.demo.ladder import load_ladder_of_demo
from courses.demo.paper import LANGUAGES, load_paper
from courses.demo.reading import read_toml
from courses.demo.recordings import Block, load_recordings, with_recordings
from courses.progression.models import Level

KEY = "ny-i-styret"


def load_course(indexes: dict[str, CourseIndexPage]) -> Course:
    """*Ny i styret*: all of it in bokmål, the first module also in nynorsk and English; its test and its level."""
    told = read_toml(KEY, "course.toml")
    paper = load_paper()
    load_ladder_of_demo()
    course = found_course(title=told["title"], language="nb", key=told["key"], by=None)
    played = load_recordings()
    page = _load_page(indexes["nb"], course, paper, told)
    _load_modules(page, "nb", told["modules"], played)
    for language in ("nn", "en"):
        translated = read_toml(KEY, language, "course.toml")
        lessons = {module["number"]: module["lessons"] for module in told["modules"]}
        modules = [{**module, "lessons": lessons[module["number"]]} for module in translated["modules"]]
        twin = _load_page(indexes[language], course, paper, {**translated, "key": told["key"]})
        _load_modules(twin, language, modules, played)
    HomePage.objects.update(first_course=course)
    publish_course(page=page, by=None)
    return course


def _load_page(index: CourseIndexPage, course: Course, paper: Paper, told: dict[str, Any]) -> CoursePage:
    page = CoursePage(
        title=told["title"],
        slug=told["key"],
        locale=index.locale,
        translation_key=same("course"),
        course=course,
        lede=told["lede"],
        outcomes=[("outcome", outcome) for outcome in told["outcomes"]],
        level=Level.objects.get(key="leadership.grunn"),
        paper=paper,
        audience=CoursePage.Audience.NEW_OFFICERS,
    )
    index.add_child(instance=page)
    return page


def _load_modules(
    page: CoursePage, language: str, modules: list[dict[str, Any]], played: dict[str, list[Block]]
) -> None:
    for module in modules:
        stretch = ModulePage(
            title=module["title"],
            slug=f"modul-{module['number']}",
            locale=page.locale,
            translation_key=same(f"module:{module['number']}"),
            intro=module["intro"],
        )
        page.add_child(instance=stretch)
        for key in module["lessons"]:
            told = read_toml(KEY, *LANGUAGES[language], f"{key.replace('.', '-')}.toml")
            add_lesson(stretch, told, played.get(key, []))


def add_lesson(module: ModulePage, told: dict[str, Any], played: list[Block]) -> None:
    """One lesson under a module, from its file."""
    module.add_child(
        instance=LessonPage(
            title=told["title"],
            slug=told["slug"],
            locale=module.locale,
            translation_key=same(told["key"]),
            goal=told["goal"],
            minutes=told["minutes"],
            body=with_recordings(body_of(told["blocks"]), played),
        )
    )


def same(name: str) -> uuid.UUID:
    """The key that a page shares with its translations."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tillit:demo:{name}")
