"""Addresses of coverage."""

from django.urls import path

from courses.coverage import files, views

ONE = "<uuid:public_id>"
urlpatterns = [
    path("", views.start, name="coverage"),
    path("again/", views.again, name="count_again"),
    path(f"{ONE}/", views.unit, name="coverage_unit"),
    path(f"{ONE}/over-time/<str:key>/", views.column, name="coverage_column"),
    path(f"{ONE}/table.<slug:kind>", files.table, name="coverage_table"),
    path(f"{ONE}/people.csv", files.matrix, name="coverage_matrix"),
    path(f"{ONE}/courses/", files.courses, name="coverage_courses"),
    path(f"{ONE}/courses/<slug:key>.csv", files.completion, name="coverage_completion"),
]
