"""The addresses of a person's own pages."""

from django.urls import path

from courses.desk import consents, my_data, seen, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("certificates/", views.shelf, name="shelf"),
    path("certificates/<uuid:public_id>/", views.certificate, name="own_certificate"),
    path("certificates/<uuid:public_id>.pdf", views.certificate_file, name="certificate_file"),
    path("data/", my_data.my_data, name="my_data"),
    path("data/copy/", my_data.my_copy, name="my_copy"),
    path("data/copy/<uuid:public_id>.zip", my_data.my_copy_file, name="my_copy_file"),
    path("data/consents/", consents.my_consents, name="my_consents"),
    path("data/seen/", seen.who_saw_me, name="who_saw_me"),
    path("data/leave/", my_data.leave, name="leave"),
    path("data/left/", my_data.left, name="left"),
    path("data/left/<str:token>/", my_data.leaving_choice, name="leaving_choice"),
]
