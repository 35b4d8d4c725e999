from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The assessments wing."""

    name = "assessments"

    def ready(self) -> None:
        import assessments.receivers  # noqa: F401
        from assessments.attempts import merging, retention
        from assessments.attempts.models import Attempt, Response
        from lms.organisation.access import Right, Scope, register_scope

        register_scope(Attempt, Scope("member", Right.SEE_PEOPLE))
        register_scope(Response, Scope("attempt__member", Right.SEE_PEOPLE))
        retention.register()
        merging.register()
