"""The addresses of people."""

from django.urls import path

from lms.directory.people import acts, views

urlpatterns = [
    path("", views.people, name="people"),
    path("people.<str:kind>", views.people_as_file, name="people_as_file"),
    path("add/", acts.add, name="add_person"),
    path("<uuid:public_id>/", views.person, name="person"),
    path("<uuid:public_id>/move/", acts.move, name="move_person"),
    path("<uuid:public_id>/leave/", acts.leave, name="leave_person"),
    path("<uuid:public_id>/return/", acts.come_back, name="return_person"),
]
