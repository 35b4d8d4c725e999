"""Addresses of notices."""

from django.urls import path

from lms.notifications import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read", views.read_all, name="read_all_notices"),
    path("<uuid:public_id>/read", views.read, name="read_notice"),
]
