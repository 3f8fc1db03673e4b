"""Addresses of the `partnerships` slice."""

from django.urls import URLPattern

app_name = "partnerships"
urlpatterns: list[URLPattern] = []
