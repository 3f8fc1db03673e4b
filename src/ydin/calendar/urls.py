"""Addresses of the calendar slice."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.calendar.views import addresses, events, feeds, pages

app_name = "calendar"
urlpatterns: list[URLPattern] = [
    path("calendar/", pages.calendar, name="calendar"),
    path("calendar/meetings/<int:pk>/", pages.meeting, name="meeting"),
    path("calendar/mine/", addresses.mine, name="mine"),
    path("calendar/mine/new/", addresses.create, name="address-create"),
    path("calendar/mine/<int:pk>/revoke/", addresses.revoke, name="address-revoke"),
    path("events/new/", events.new, name="event-new"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/edit/", events.edit, name="event-edit"),
    path("events/<int:pk>/announce/", events.announce, name="event-announce"),
    path("events/<int:pk>/cancel/", events.cancel, name="event-cancel"),
    path("feeds/p/<str:token>.ics", feeds.personal, name="own-feed"),
    path("feeds/<slug:slug>.ics", feeds.public, name="feed"),
]
