"""How django-allauth meets Ydin: mail through the outbox, nobody signs up alone, a second step where it is due."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from functools import lru_cache
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ydin.access.policies import needs_second_step
from ydin.access.queries import second_steps_of
from ydin.access.rules import DEVICE_KEY, device_of
from ydin.access.services import note_change
from ydin.kernel.acting import acting_as

NOWHERE: Final = "0.0.0.0"  # noqa: S104 - no address is listened on; the place of a request that has none
NOTED: Final = {
    "mfa/email/totp_activated": ("app_added", Authenticator.Type.TOTP),
    "mfa/email/totp_deactivated": ("app_removed", None),
    "mfa/email/webauthn_added": ("passkey_added", Authenticator.Type.WEBAUTHN),
    "mfa/email/webauthn_removed": ("passkey_removed", None),
    "mfa/email/recovery_codes_generated": ("recovery_made", None),
}
"""allauth's notices: what we call it, and the kind of step that the session has just proved."""


class SecondStepStage(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """Asks for the second step of those who have an authenticator app or whose network demands one.

    For everybody else a passkey is another way in, not a second step: losing the phone locks nobody out.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if not super()._should_handle(request):
            return False
        return Authenticator.Type.TOTP in second_steps_of(person) or needs_second_step(person)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-in by code or passkey; accounts are made by coordinators and imports."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody makes an account alone: a seat or a role comes first."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Persons have no user name."""

    def get_login_stages(self) -> list[str]:
        """Put our own second step in the place of allauth's."""
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", "ydin.access.adapter.SecondStepStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the passkey first to those without an app, so that recovery codes stay for the day of need."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods and Authenticator.Type.TOTP not in second_steps_of(user):
            methods.sort(key=lambda method: "passkeys" not in method["url"])
        return methods

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, under a new session key, and keep in a few words on what device."""
        super().login(request, user)
        request.session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; for an address that nobody here has, do the same work and throw its letter away.

        The answer, and the time until it comes, tell nobody who is a member.
        """
        if template_prefix != "account/email/unknown_account":
            super().send_mail(template_prefix, email, context)
            return
        with transaction.atomic():
            code = self.generate_login_code()
            super().send_mail("account/email/login_code", email, {**context, "code": code})
            transaction.set_rollback(True)

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **more: Any
    ) -> None:
        """Say what changed about a second step in our own words, for which one word is enough."""
        if str(message_template or "").startswith("mfa/messages/"):
            messages.success(request, _("Saved."))
        else:
            super().add_message(request, level, message_template, *args, **more)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: Any = None
    ) -> None:
        """Write a change of the second step into the log and tell the person, in our own words."""
        noted = NOTED.get(template_prefix)
        if noted is None:
            super().send_notification_mail(template_prefix, user, context, email)
            return
        change, proved = noted
        with acting_as(user.pk):  # allauth tells some changes after the request's own transaction
            note_change(actor=user, change=change)
        if proved:
            record_proof(user, proved)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the nearest trusted proxy gives; without proxies, the connection's own.

        A header that is shorter than the row of proxies, or no address, did not come through them.
        """
        count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        claimed = told[-count] if count and len(told) >= count else ""
        return _address(claimed) or _address(request.META.get("REMOTE_ADDR", "")) or NOWHERE


def record_proof(person: Any, kind: str) -> None:
    """Write into the session that a second step was just taken: setting one up proves it."""
    if context.request is not None:
        record_authentication(context.request, person, "mfa", type=str(kind), reauthenticated=True)


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.rpartition(":")[0] if text.count(":") == 1 else text))
    except ValueError:
        return ""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Names, words and the encryption of what is kept of a second step."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "cannot_delete_authenticator": _("Your network asks its coordinators for a second step. Keep one."),
    }

    def get_totp_issuer(self) -> str:
        """Return what an authenticator app shows."""
        return "Ydin"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Return what a new passkey is called unless its owner says otherwise: the device on which it is made."""
        agent = context.request.headers.get("User-Agent", "") if context.request else ""
        return device_of(agent) or str(_("A passkey"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second step of somebody whose network demands one."""
        person = authenticator.user
        others = Authenticator.objects.filter(user=person, type__in=["totp", "webauthn"])
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_step(person)

    def encrypt(self, text: str) -> str:
        """Return the text as only the site's keys can read it: a copy of the database is no second step."""
        return _safe(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text again; old keys are tried too."""
        safe = _safe(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return safe.decrypt(encrypted_text.encode()).decode()


@lru_cache(maxsize=4)
def _safe(*keys: str) -> MultiFernet:
    digests = (hashlib.sha256(f"ydin.second-step.{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
