"""Addresses of jobs."""

from django.urls import path

from lms.jobs import views

urlpatterns = [
    path("<uuid:public_id>/", views.progress, name="job"),
    path("<uuid:public_id>/stop", views.stop, name="stop_job"),
    path("<uuid:public_id>/again", views.again, name="retry_job"),
]
