"""Addresses of stories."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.stories.views import consent, editing, public

app_name = "stories"
urlpatterns: list[URLPattern] = [
    path("stories/", public.stories, name="list"),
    path("stories/feed.atom", public.feed, name="feed"),
    path("stories/<int:pk>/", public.story, name="story"),
    path("manage/stories/", editing.desk, name="desk"),
    path("manage/stories/texts/<int:text>/draft/", editing.draft, name="draft"),
    path("manage/stories/sources/", editing.sources, name="sources"),
    path("manage/stories/together/<int:collaboration>/draft/", editing.draft_together, name="draft_together"),
    path("manage/stories/<int:pk>/", editing.edit, name="edit"),
    path("manage/stories/<int:pk>/ask/", editing.ask, name="ask"),
    path("manage/stories/<int:pk>/publish/", editing.publish, name="publish"),
    path("manage/stories/<int:pk>/down/", editing.down, name="down"),
    path("y/<str:token>/", consent.consent, name="consent"),
    path("y/<str:token>/answer/", consent.consent_answer, name="consent_answer"),
]
