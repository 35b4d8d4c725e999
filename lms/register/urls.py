"""Addresses of this room."""

from django.urls import path

from lms.register import downloads, views

urlpatterns = [
    path("", views.imports, name="register_imports"),
    path("columns/", views.columns, name="register_columns"),
    path("<uuid:public_id>/", views.one_import, name="register_import"),
    path("<uuid:public_id>/apply/", views.apply, name="apply_register_import"),
    path("<uuid:public_id>/confirm/", views.confirm, name="confirm_register_import"),
    path("<uuid:public_id>/drop/", views.drop, name="drop_register_import"),
    path("<uuid:public_id>/errors.csv", downloads.errors, name="register_import_errors"),
    path("<uuid:public_id>/report.csv", downloads.report_csv, name="register_import_report"),
    path("<uuid:public_id>/report.xlsx", downloads.report_xlsx, name="register_import_report_xlsx"),
]
