"""Door: the addresses of the media wing."""

from django.urls import include, path

urlpatterns = [path("", include("media.playback.urls"))]
