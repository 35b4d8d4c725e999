"""Addresses of SCIM 2.0. The name of the space is the one django-scim2 asks for."""

from django.urls import path
from django_scim.views import ServiceProviderConfigView

from lms.provisioning import views

app_name = "scim"
users = views.UsersView.as_view()

urlpatterns = [
    path("Users", users, name="users"),
    path("Users/<str:uuid>", users, name="users"),
    path("ServiceProviderConfig", ServiceProviderConfigView.as_view(), name="service-provider-config"),
    path("ResourceTypes", views.ResourceTypesView.as_view(), name="resource-types"),
    path("ResourceTypes/<str:uuid>", views.ResourceTypesView.as_view(), name="resource-types"),
    path("Schemas", views.SchemasView.as_view(), name="schemas"),
    path("Schemas/<str:uuid>", views.SchemasView.as_view(), name="schemas"),
]
