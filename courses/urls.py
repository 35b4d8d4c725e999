"""Door: the addresses of the courses wing."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("courses.desk.urls")),
    path("reports/", include("courses.reports.urls")),
    path("plans/", include("courses.planning.urls")),
    path("tracks/", include("courses.tracks.urls")),
    path("coverage/", include("courses.coverage.urls")),
    path("learn/", include("courses.catalogue.urls")),
]
