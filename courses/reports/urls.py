"""The addresses of reports."""

from django.urls import path

from courses.reports import views

urlpatterns = [
    path("certificates/", views.choose, name="choose_batch"),
    path("certificates/sample.pdf", views.sample, name="sample_certificate"),
    path("certificates/issue/", views.issue, name="issue_batch"),
    path("certificates/batch/<uuid:public_id>/", views.batch, name="batch"),
    path("certificates/batch/<uuid:public_id>.zip", views.batch_zip, name="batch_zip"),
    path("certificates/<uuid:public_id>/", views.issued_certificate, name="issued_certificate"),
    path("certificates/<uuid:public_id>.pdf", views.issued_file, name="issued_file"),
]
