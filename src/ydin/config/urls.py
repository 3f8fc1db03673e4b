"""All addresses. Each slice owns its own file."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ydin.home.urls")),
    path("", include("ydin.calendar.urls")),
    path("", include("ydin.meetings.urls")),
    path("", include("ydin.groups.urls")),
    path("", include("ydin.networks.urls")),
    path("", include("ydin.outbox.urls")),
    path("me/", include("ydin.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("ydin.ui.urls")),
]

if settings.SHOWS_CATALOGUE:
    urlpatterns += [path("demo/", include("ydin.demo.urls"))]
