from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """The certificates wing."""

    name = "certificates"

    def ready(self) -> None:
        from certificates import erasing, merging
        from certificates.models import Credential
        from lms.organisation.access import Right, Scope, register_scope

        register_scope(Credential, Scope("holder", Right.ISSUE_CERTIFICATES))
        erasing.register()
        merging.register()
