"""All addresses. Each slice owns its own file."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ydin.home.urls")),
    path("", include("ydin.ui.urls")),
]
