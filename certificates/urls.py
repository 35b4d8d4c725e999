"""Door: the addresses of the certificates wing."""

from django.urls import path

from certificates import views

urlpatterns = [
    path("", views.check_form, name="check_certificate"),
    path("<str:number>/", views.check, name="credential"),
]
