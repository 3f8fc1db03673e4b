"""Addresses of the `privacy` slice."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.privacy.views import consents, erasure, network, own, public, review

app_name = "privacy"
urlpatterns: list[URLPattern] = [
    path("me/data/", own.data, name="data"),
    path("me/data/export/", own.export_ask, name="export_ask"),
    path("me/data/exports/<uuid:pk>/", own.export_open, name="export_open"),
    path("me/data/again/", own.again, name="again"),
    path("me/data/correction/", own.correction, name="correction"),
    path("me/consents/", consents.consents, name="consents"),
    path("me/consents/<slug:slug>/<slug:kind>/give/", consents.consent_give, name="consent_give"),
    path("me/consents/<int:pk>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("me/consents/withdraw/<str:token>/", consents.withdraw_by_link, name="withdraw_by_link"),
    path("networks/<slug:slug>/consents/", consents.network, name="network_consents"),
    path("networks/<slug:slug>/consents/paper/", consents.paper, name="consent_paper"),
    path("networks/<slug:slug>/consents/<int:pk>/end/", consents.end, name="consent_end"),
    path("networks/<slug:slug>/consents/text/<slug:language>/", consents.text, name="consent_text"),
    path("me/erase/", erasure.ask, name="erase"),
    path("me/erase/undo/", erasure.undo, name="undo"),
    path("me/erase/undo/<str:token>/", erasure.undo_by_link, name="undo_by_link"),
    path("review/", review.review, name="review"),
    path("review/<int:pk>/keep/", review.keep, name="keep"),
    path("review/<int:pk>/remove/", review.remove, name="remove"),
    path("review/corrections/<int:pk>/", review.answer, name="answer"),
    path("privacy/<slug:slug>/", public.notice, name="public"),
    path("networks/<slug:slug>/privacy/", network.notice, name="notice"),
    path("networks/<slug:slug>/privacy/register/", network.register, name="register"),
    path("networks/<slug:slug>/privacy/tonight/", network.tonight, name="tonight"),
]
