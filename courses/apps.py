from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The courses wing."""

    name = "courses"

    def ready(self) -> None:
        import courses.catalogue.faces
        import courses.receivers  # noqa: F401

        _scope_rows()
        _open_lower_rooms()
        _open_upper_rooms()


def _scope_rows() -> None:
    """How rows hang on people."""
    from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
    from courses.planning.models import CompetencePlan, PlanReview
    from courses.progression.models import Award, NextLook
    from courses.tracks.models import PreviewLine
    from lms.organisation.access import Scope, register_scope

    for model in (Enrolment, Completion, CourseCompletion, Work, Award, NextLook, CompetencePlan, PreviewLine):
        register_scope(model, Scope("member"))
    register_scope(PlanReview, Scope("plan__member"))


def _open_lower_rooms() -> None:
    """What enrolment, progression, plans, tracks and the catalogue say of themselves to the rooms below."""
    from courses.catalogue import for_plans, joining, panels
    from courses.enrolment import merging as enrolment
    from courses.planning import faces as plan_faces
    from courses.planning import starting as planning
    from courses.progression import abouts
    from courses.progression import merging as progression
    from courses.tracks import bulk
    from courses.tracks import starting as tracks

    enrolment.register()
    progression.register()
    abouts.register()
    planning.register()
    plan_faces.register()
    for_plans.register()
    panels.set_panels()
    joining.register()
    bulk.register()
    tracks.register()


def _open_upper_rooms() -> None:
    """What coverage, reports and the desk say of themselves."""
    from courses.coverage import starting as coverage
    from courses.desk import menu, my_data_jobs, my_data_links, seen_words
    from courses.reports import issuing, over_time, person

    coverage.register()
    issuing.register_notices()
    over_time.register_certificates()
    person.register_person()
    menu.register_menu()
    my_data_jobs.register()
    my_data_links.register()
    seen_words.register()
