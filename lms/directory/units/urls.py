"""The addresses of units."""

from django.urls import path

from lms.directory.units import views

urlpatterns = [
    path("", views.tree, name="units"),
    path("<uuid:public_id>/", views.unit, name="unit"),
]
