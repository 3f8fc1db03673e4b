"""Addresses of seasons, hosting, meetings and answers."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "meetings"

planning: list[URLPattern] = []
answers: list[URLPattern] = []
evening: list[URLPattern] = []

urlpatterns = [*planning, *answers, *evening]
