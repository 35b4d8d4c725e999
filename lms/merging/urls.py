"""Addresses of merging two records of one person."""

from django.urls import path

from lms.merging import views

urlpatterns = [
    path("", views.overview, name="merging"),
    path("<uuid:kept>/<uuid:absorbed>/", views.look, name="merge_preview"),
    path("<uuid:one>/<uuid:other>/apart/", views.apart, name="keep_apart"),
    path("done/<uuid:public_id>/", views.done, name="merge"),
    path("done/<uuid:public_id>/undo/", views.undo, name="undo_merge"),
]
