"""Addresses of the log and of who can see what."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.trust.views import log, seen

app_name = "trust"
urlpatterns: list[URLPattern] = [
    path("me/seen/", seen.own, name="own_view"),
    path("networks/companies/<int:pk>/seen/", seen.company, name="company_view"),
    path("me/log/", log.own, name="own_log"),
    path("me/log/log.csv", log.own, {"form": "csv"}, name="own_log_csv"),
    path("me/log/log.jsonl", log.own, {"form": "jsonl"}, name="own_log_jsonl"),
    path("log/groups/<int:pk>/", log.group, name="group_log"),
    path("log/groups/<int:pk>/log.csv", log.group, {"form": "csv"}, name="group_log_csv"),
    path("log/groups/<int:pk>/log.jsonl", log.group, {"form": "jsonl"}, name="group_log_jsonl"),
    path("log/networks/<slug:slug>/", log.network, name="network_log"),
    path("log/networks/<slug:slug>/log.csv", log.network, {"form": "csv"}, name="network_log_csv"),
    path("log/networks/<slug:slug>/log.jsonl", log.network, {"form": "jsonl"}, name="network_log_jsonl"),
]
