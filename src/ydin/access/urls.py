"""Addresses of the access slice; those of signing in itself are allauth's, under /accounts/."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.access import views

app_name = "access"
urlpatterns: list[URLPattern] = [
    path("me/safety/", views.safety, name="safety"),
    path("me/safety/setup/", views.setup, name="setup"),
    path("me/safety/sessions/end/", views.end_others, name="end_others"),
    path("me/safety/sessions/<slug:handle>/end/", views.end_one, name="end_one"),
    path("networks/<slug:slug>/signing-in/", views.network, name="network"),
]
