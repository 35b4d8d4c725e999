"""The addresses of the administrator's pages."""

from django.urls import include, path

from lms.directory import views

urlpatterns = [
    path("", views.start, name="organisation"),
    path("units/", include("lms.directory.units.urls")),
    path("people/", include("lms.directory.people.urls")),
    path("bodies/", include("lms.directory.bodies.urls")),
]
