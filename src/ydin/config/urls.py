"""All addresses. Each slice owns its own file."""

from __future__ import annotations

from allauth.account import views
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

# Only what signing in by code and by passkey needs; allauth's other pages (passwords, sign-up) do not exist.
accounts: list[URLPattern | URLResolver] = [
    path(
        "login/",
        RedirectView.as_view(pattern_name="account_request_login_code", query_string=True),
        name="account_login",
    ),
    path("logout/", views.logout, name="account_logout"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("join/", views.signup, name="account_signup"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("passkeys/", include("allauth.mfa.webauthn.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ydin.home.urls")),
    path("", include("ydin.calendar.urls")),
    path("", include("ydin.meetings.urls")),
    path("", include("ydin.groups.urls")),
    path("", include("ydin.networks.urls")),
    path("", include("ydin.outbox.urls")),
    path("me/", include("ydin.people.urls")),
    path("accounts/", include(accounts)),
    path("", include("ydin.ui.urls")),
]

if settings.SHOWS_CATALOGUE:
    urlpatterns += [path("demo/", include("ydin.demo.urls"))]
