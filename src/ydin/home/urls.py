"""Addresses of the public site and the dashboards."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.home.views import own, public

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", public.front, name="front"),
    path("groups/", public.groups, name="groups"),
    path("groups/<slug:network>/<slug:slug>/", public.group, name="group"),
    path("mine/", own.mine, name="mine"),
    path("mine/groups/", own.own_groups, name="own-groups"),
    path("mine/network/", own.network, name="network"),
    path("about/", public.about, name="about"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
]
