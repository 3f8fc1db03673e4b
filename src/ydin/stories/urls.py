"""Addresses of the `stories` slice."""

from django.urls import URLPattern

app_name = "stories"
urlpatterns: list[URLPattern] = []
