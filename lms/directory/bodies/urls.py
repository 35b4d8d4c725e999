"""Addresses of this part."""

from django.urls import path

from lms.directory.bodies import changing, electing, report_views, rights, views

urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("open/", changing.open_body, name="open_body"),
    path("report/", report_views.report, name="bodies_report"),
    path("report.<str:kind>", report_views.report_as_file, name="bodies_report_as_file"),
    path("rights/", rights.rights, name="rights"),
    path("rights/lend/", rights.lend, name="lend_right"),
    path("rights/appoint/", rights.appoint_to, name="appoint"),
    path("rights/lent/<int:loan>/end/", rights.end_loan, name="end_loan"),
    path("rights/appointments/<int:appointment>/end/", rights.end_role, name="end_appointment"),
    path("<uuid:public_id>/", views.body, name="body"),
    path("<uuid:public_id>/change/", changing.change_body, name="change_body"),
    path("<uuid:public_id>/seats/", changing.body_seats, name="body_seats"),
    path("<uuid:public_id>/close/", changing.close_body, name="close_body"),
    path("<uuid:public_id>/elect/", electing.begin_term, name="begin_term"),
    path("<uuid:public_id>/terms/<int:term_id>/", electing.end_term, name="end_term"),
]
