"""Addresses of the public site and the dashboards."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.home.views import about, feedback, own, programs, public, visits

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", public.front, name="front"),
    path("groups/", public.groups, name="groups"),
    path("groups/<slug:network>/<slug:slug>/", public.group, name="group"),
    path("mine/", own.mine, name="mine"),
    path("mine/groups/", own.own_groups, name="own-groups"),
    path("mine/network/", own.network, name="network"),
    path("mine/network/feedback/", feedback.feedback, name="feedback"),
    path("mine/network/feedback/<uuid:pk>/answer/", feedback.feedback_answer, name="feedback-answer"),
    path("manage/groups/<int:pk>/applications/<uuid:application>/evening/", visits.evening, name="evening"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("accessibility/feedback/", about.feedback_send, name="feedback-send"),
    path("accessibility/thanks/", about.feedback_thanks, name="feedback-thanks"),
    path("privacy/", about.privacy, name="privacy"),
    path("sitemap.xml", programs.sitemap, name="sitemap"),
    path("robots.txt", programs.robots, name="robots"),
]
