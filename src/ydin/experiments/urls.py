"""Addresses of experiments."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.experiments.views import cards, course, link, sharing

app_name = "experiments"
urlpatterns: list[URLPattern] = [
    path("experiments/", cards.experiments, name="list"),
    path("experiments/new/", cards.new, name="new"),
    path("experiments/<int:pk>/", cards.card, name="card"),
    path("experiments/<int:pk>/edit/", cards.edit, name="edit"),
    path("experiments/<int:pk>/copy/", cards.copy, name="copy"),
    path("experiments/<int:pk>/follow/", cards.follow, name="follow"),
    path("experiments/<int:pk>/unfollow/", cards.unfollow, name="unfollow"),
    path("experiments/<int:pk>/money/", course.money, name="money"),
    path("experiments/<int:pk>/start/", course.start, name="start"),
    path("experiments/<int:pk>/review/", course.review, name="review"),
    path("experiments/<int:pk>/give-up/", course.abandon, name="give_up"),
    path("experiments/<int:pk>/audience/", sharing.audience, name="audience"),
    path("experiments/<int:pk>/publish/", sharing.publish, name="publish"),
    path("experiments/<int:pk>/unpublish/", sharing.unpublish, name="unpublish"),
    path("tried/", sharing.tried, name="tried"),
    path("tried/<int:pk>/", sharing.tried_one, name="tried_one"),
    path("tried/<int:pk>/copy/", cards.copy_public, name="copy_public"),
    path("e/p/<str:token>/", link.from_promise, name="from_promise"),
    path("e/<str:token>/", link.answer, name="answer"),
    path("e/<str:token>/start/", link.start, name="answer_start"),
    path("e/<str:token>/money/", link.money, name="answer_money"),
    path("e/<str:token>/edit/", link.edit, name="answer_edit"),
    path("e/<str:token>/copy/", link.copy, name="answer_copy"),
    path("e/<str:token>/follow/", link.follow, name="answer_follow"),
    path("e/<str:token>/unfollow/", link.unfollow, name="answer_unfollow"),
    path("e/<str:token>/halfway/", link.halfway, name="answer_halfway"),
    path("e/<str:token>/review/", link.review, name="answer_review"),
    path("e/<str:token>/give-up/", link.abandon, name="answer_give_up"),
]
