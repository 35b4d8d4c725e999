"""Addresses of what a body can together, and of looking for somebody who can do a thing."""

from django.urls import path

from lms.competences import heat_views, search_views

urlpatterns = [
    path("search/", search_views.search_people, name="search_competences"),
    path("body/<uuid:public_id>/", heat_views.body_competences, name="body_competences"),
]
