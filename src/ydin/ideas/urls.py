"""Addresses of ideas and talks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from ydin.ideas.views import evening, ideas, steps, talks
from ydin.ideas.views.base import Desk, linked, opened

app_name = "ideas"

TAPS: dict[str, Callable[[HttpRequest, Desk], HttpResponse]] = {
    "support": ideas.support,
    "unsupport": ideas.unsupport,
    "take_up": steps.take_up,
    "release": steps.release,
    "answer": steps.answer,
    "park": steps.park,
    "reopen": steps.reopen,
    "close": steps.close,
}
"""What is done with an idea by a POST, signed in or behind a personal link."""


def _taps() -> list[URLPattern]:
    found = []
    for name, view in TAPS.items():
        words = name.replace("_", "-")
        found += [
            path(f"ideas/<int:pk>/{words}/", require_POST(opened(view)), name=name),
            path(f"ideas/by/<str:token>/{words}/", require_POST(linked(view)), name=f"{name}_link"),
        ]
    return found


urlpatterns: list[URLPattern] = [
    path("ideas/", ideas.ideas, name="list"),
    path("ideas/new/", ideas.new, name="new"),
    path("ideas/like-this/", ideas.like_this, name="like_this"),
    path("ideas/wanted/<slug:slug>/", talks.wanted, name="wanted"),
    path("ideas/<int:pk>/", require_safe(opened(ideas.idea)), name="idea"),
    path("ideas/<int:pk>/edit/", ideas.edit, name="edit"),
    path("ideas/<int:pk>/audience/", ideas.audience, name="audience"),
    path("ideas/by/<str:token>/", require_safe(linked(ideas.idea)), name="idea_link"),
    *_taps(),
    path("talks/", talks.talks, name="talks"),
    path("talks/offered/<slug:slug>/", talks.offered, name="offered"),
    path("talks/new/<slug:slug>/", talks.new_talk, name="new_talk"),
    path("talks/<int:pk>/edit/", talks.edit_talk, name="edit_talk"),
    path("talks/<int:pk>/offer/", talks.put_on_offer, name="offer_talk"),
    path("talks/<int:pk>/withdraw/", talks.withdraw, name="withdraw_talk"),
    path("talks/for/<str:token>/", evening.evening, name="evening"),
    path("talks/for/<str:token>/theme/", evening.take_theme, name="take_theme"),
    path("talks/for/<str:token>/theme/off/", evening.drop_theme, name="drop_theme"),
    path("talks/for/<str:token>/ask/", evening.ask, name="ask"),
    path("talks/for/<str:token>/call-off/", evening.uncall, name="call_off"),
    path("talks/by/<str:token>/", evening.talk_ask, name="ask_link"),
    path("talks/by/<str:token>/answer/", evening.talk_answer, name="ask_answer"),
]
