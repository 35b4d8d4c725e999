"""What the pages of courses tell the plans: where a course is read."""

from courses.catalogue.addresses import addresses_of
from courses.planning.places import register_course_address


def register() -> None:
    """Say it, once, at start."""
    register_course_address(lambda course_id, language: addresses_of(course_id).course_in(language))
