"""All addresses. Each slice owns its own file."""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.base import views as second
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from ydin.access.views import RemovePasskeyView, SecondStepView

to_safety = login_required(RedirectView.as_view(pattern_name="access:safety"))

# Only what signing in by code, by passkey and with a second step needs; allauth's other pages (passwords, sign-up)
# do not exist.
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
    path("passkeys/", to_safety, name="mfa_list_webauthn"),
    path("passkeys/keys/<int:pk>/remove/", RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second/", to_safety, name="mfa_index"),
    path("second/step/", SecondStepView.as_view(), name="mfa_authenticate"),
    path("second/again/", second.reauthenticate, name="mfa_reauthenticate"),
    path("second/app/", include("allauth.mfa.totp.urls")),
    path("second/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ydin.home.urls")),
    path("", include("ydin.privacy.urls")),
    path("", include("ydin.trust.urls")),
    path("", include("ydin.stories.urls")),
    path("", include("ydin.calendar.urls")),
    path("", include("ydin.partnerships.urls")),
    path("", include("ydin.experiments.urls")),
    path("", include("ydin.ideas.urls")),
    path("", include("ydin.institutes.urls")),
    path("", include("ydin.meetings.urls")),
    path("", include("ydin.groups.urls")),
    path("", include("ydin.access.urls")),
    path("", include("ydin.networks.urls")),
    path("", include("ydin.outbox.urls")),
    path("me/", include("ydin.people.urls")),
    path("accounts/", include(accounts)),
    path("", include("ydin.ui.urls")),
]

if settings.SHOWS_CATALOGUE:
    urlpatterns += [path("demo/", include("ydin.demo.urls"))]
