"""Addresses of the calendar slice."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from ydin.calendar.views import addresses, dav, events, feeds, pages, passwords

app_name = "calendar"
urlpatterns: list[URLPattern] = [
    path("calendar/", pages.calendar, name="calendar"),
    re_path(r"^calendar/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", pages.calendar, name="month"),
    path("calendar/meetings/<int:pk>/", pages.meeting, name="meeting"),
    path("calendar/mine/", addresses.mine, name="mine"),
    path("calendar/mine/new/", addresses.create, name="address-create"),
    path("calendar/mine/<int:pk>/revoke/", addresses.revoke, name="address-revoke"),
    path("calendar/mine/help/", passwords.setup, name="setup"),
    path("calendar/mine/passwords/new/", passwords.create, name="password-create"),
    path("calendar/mine/passwords/<int:pk>/revoke/", passwords.revoke, name="password-revoke"),
    path(".well-known/caldav", dav.well_known, name="well-known-caldav"),
    path("dav/", dav.root, name="dav"),
    path("dav/p/<int:pk>/", dav.home, name="dav-home"),
    path("dav/p/<int:pk>/evenings/", dav.calendar, name="dav-calendar"),
    path("dav/p/<int:pk>/evenings/<str:name>", dav.entry, name="dav-entry"),
    path("events/new/", events.new, name="event-new"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/edit/", events.edit, name="event-edit"),
    path("events/<int:pk>/announce/", events.announce, name="event-announce"),
    path("events/<int:pk>/cancel/", events.cancel, name="event-cancel"),
    path("feeds/p/<str:token>.ics", feeds.personal, name="own-feed"),
    path("feeds/<slug:slug>.ics", feeds.public, name="feed"),
]
