"""Addresses of recordings. The name of a file is checked against a fixed list."""

from django.urls import path

from media.playback import views

urlpatterns = [
    path("<uuid:public_id>/begin", views.begin, name="begin_playback"),
    path("<uuid:public_id>/beat", views.beat, name="beat"),
    path("<uuid:public_id>/<path:name>", views.recording_file, name="recording_file"),
]
