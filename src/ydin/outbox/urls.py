"""Addresses of the outbox (in a demo only; elsewhere they do not exist)."""

from __future__ import annotations

from django.urls import path

from ydin.outbox import views

app_name = "outbox"
urlpatterns = [
    path("outbox/", views.messages, name="messages"),
    path("outbox/<uuid:pk>/", views.message, name="message"),
    path("outbox/<uuid:pk>/letter/", views.letter, name="letter"),
    path("outbox/<uuid:pk>/invitation.ics", views.invitation, name="invitation"),
]
