"""Addresses of competences."""

from django.urls import URLPattern, URLResolver

from lms.competences import body_urls, own_urls

urlpatterns: list[URLPattern | URLResolver] = [*own_urls.urlpatterns, *body_urls.urlpatterns]
