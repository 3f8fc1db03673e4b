"""Addresses of a person's own settings, under /me/."""

from __future__ import annotations

from django.urls import path

from ydin.people.views import pages as views

app_name = "people"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("letters/", views.letters, name="letters"),
    path("letters/<str:token>/", views.letters_by_link, name="letters_by_link"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
