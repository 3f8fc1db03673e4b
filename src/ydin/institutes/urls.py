"""Addresses of institutes."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "institutes"
urlpatterns: list[URLPattern] = []
