"""Addresses of signing in that are ours; the rest is django-allauth's."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from lms.members import single, views

urlpatterns: list[URLPattern] = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("reauthenticate/mail/", views.confirm_by_mail, name="confirm_by_mail"),
    path("reauthenticate/again/", views.sign_in_again, name="sign_in_again"),
    path("single/<slug:provider_id>/", single.begin, name="openid_connect_login"),
    path("single/<slug:provider_id>/back/", single.come_back, name="openid_connect_callback"),
    # where single sign-on leads when it is broken off, and when somebody who is signed in adds it to the account
    path("single-left/", RedirectView.as_view(pattern_name="account_login"), name="socialaccount_login_cancelled"),
    path("single-added/", RedirectView.as_view(pattern_name="mfa_index"), name="socialaccount_connections"),
]
