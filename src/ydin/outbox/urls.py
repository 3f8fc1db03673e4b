"""Addresses of the outbox slice."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "outbox"
urlpatterns: list[URLPattern] = []
