"""Addresses of the demo: one click to enter as somebody."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "demo"
urlpatterns: list[URLPattern] = []
