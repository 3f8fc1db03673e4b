"""Addresses of the demo: one click to enter as somebody."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("enter/<slug:role>/", views.enter, name="enter"),
]
