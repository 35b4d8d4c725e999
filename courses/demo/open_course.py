"""The demo's open course: for people who are not members, in bokmål only."""

from __future__ import annotations

from courses.catalogue.models import CourseIndexPage, CoursePage, ModulePage
from courses.catalogue.publishing import publish_course
from courses.curriculum.models import Course
from courses.curriculum.services import found_course
from courses.demo.course import add_lesson, same
from courses.demo.reading import read_toml

KEY = "bli-med"


def load_open_course(index: CourseIndexPage) -> Course:
    """*Bli med*: what an association is and how one takes part. Anyone may open it, no level and no test."""
    told = read_toml(KEY, "course.toml")
    course = found_course(title=told["title"], language="nb", key=told["key"], by=None)
    page = CoursePage(
        title=told["title"],
        slug=told["key"],
        locale=index.locale,
        translation_key=same(f"course:{KEY}"),
        course=course,
        lede=told["lede"],
        outcomes=[("outcome", outcome) for outcome in told["outcomes"]],
        access=CoursePage.Access.EVERYONE,
        audience=CoursePage.Audience.NEWCOMERS,
    )
    index.add_child(instance=page)
    for module in told["modules"]:
        stretch = ModulePage(
            title=module["title"],
            slug=f"modul-{module['number']}",
            locale=page.locale,
            translation_key=same(f"module:{KEY}:{module['number']}"),
            intro=module["intro"],
        )
        page.add_child(instance=stretch)
        for key in module["lessons"]:
            add_lesson(stretch, read_toml(KEY, f"{key.replace('.', '-')}.toml"), [])
    publish_course(page=page, by=None)
    return course
