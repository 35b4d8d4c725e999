"""Addresses of reorganisations and of the report over time."""

from django.urls import path

from lms.reorganisation import acting, reporting, views

ONE = "<uuid:public_id>/"
urlpatterns = [
    path("", views.listed, name="reorganisations"),
    path("new/", views.begin, name="begin_reorganisation"),
    path("report/", reporting.report, name="over_time"),
    path("report.<slug:form>", reporting.report_file, name="over_time_file"),
    path(ONE, views.show, name="reorganisation"),
    path(f"{ONE}details/", views.details, name="reorganisation_details"),
    path(f"{ONE}add/<slug:kind>/", views.add, name="add_change"),
    path(f"{ONE}remove/<int:number>/", views.remove, name="remove_change"),
    path(f"{ONE}discard/", views.discard, name="discard_reorganisation"),
    path(f"{ONE}bodies/", acting.choose_bodies, name="choose_bodies"),
    path(f"{ONE}people/", acting.place, name="place_people"),
    path(f"{ONE}people.<slug:form>", acting.moving, name="moving_people"),
    path(f"{ONE}preview/", acting.preview, name="preview_reorganisation"),
    path(f"{ONE}apply/", acting.apply, name="apply_reorganisation"),
    path(f"{ONE}undo/", acting.undo, name="undo_reorganisation"),
]
