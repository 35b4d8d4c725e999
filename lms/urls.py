"""Every address of the house. Only this file and the settings name the wings, by string."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from lms.pages import account, serving, views

# Signing in has one door: Wagtail's own would go round its limits (it answers even when hidden).
one_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.choose_language, name="choose_language"),
    path("accounts/", include("lms.members.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/login/", one_door),
    path("admin/password_reset/", one_door),
    path("admin/account/", account.cms_settings, name="wagtailadmin_account"),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("jobs/", include("lms.jobs.urls")),
    path("notices/", include("lms.notifications.urls")),
    path("organisation/", include("lms.directory.urls")),
    path("organisation/changes/", include("lms.reorganisation.urls")),
    path("organisation/merging/", include("lms.merging.urls")),
    path("organisation/register/", include("lms.register.urls")),
    path("competences/", include("lms.competences.urls")),
    path("join/", include("lms.joining.urls")),
    path("scim/v2/", include("lms.provisioning.urls")),
    path("c/", include("certificates.urls")),
    path("media/", include("media.urls")),
    path("", include("courses.urls")),
    re_path(r"^filer/(?P<path>(?:images|original_images)/.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    *i18n_patterns(
        re_path(wagtail_urls.serve_pattern, serving.serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler404 = "lms.pages.views.not_found"
