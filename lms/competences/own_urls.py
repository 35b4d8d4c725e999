"""Addresses of the member's own pages about competences, and of those who vouch and review."""

from django.urls import path

from lms.competences import attesting_views, mapping_views, own_views, prior_views, reviewing_views

urlpatterns = [
    path("", own_views.own, name="own_competences"),
    path("one/<str:key>/", own_views.one, name="competence"),
    path("map/", mapping_views.front, name="map_competence"),
    path("map/end/", mapping_views.end, name="end_mapping"),
    path("map/<str:key>/", mapping_views.question, name="map_question"),
    path("shown/", mapping_views.viewers, name="mapping_viewers"),
    path("shown/<uuid:public_id>/", mapping_views.shown, name="shown_mapping"),
    path("vouching/", attesting_views.overview, name="attestations"),
    path("vouching/ask/", attesting_views.ask, name="ask_attestation"),
    path("vouching/for/<uuid:public_id>/", attesting_views.vouch, name="vouch"),
    path("vouching/given/<uuid:public_id>/", attesting_views.correct, name="correct_attestation"),
    path("vouching/<uuid:public_id>/", attesting_views.one, name="attestation"),
    path("vouching/<uuid:public_id>/withdraw/", attesting_views.withdraw, name="withdraw_attestation"),
    path("prior/", prior_views.overview, name="apply_prior"),
    path("prior/documents/<uuid:public_id>/", prior_views.document, name="prior_document"),
    path("prior/<uuid:public_id>/", prior_views.application, name="prior_application"),
    path("prior/<uuid:public_id>/back/", prior_views.take_back, name="take_back_prior"),
    path("reviews/", reviewing_views.queue, name="prior_queue"),
    path("reviews/<uuid:public_id>/", reviewing_views.review, name="review_prior"),
]
