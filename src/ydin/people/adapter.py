"""How django-allauth meets Ydin: mails go through the outbox, nobody signs up without being invited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-in by code only; accounts are made by coordinators and imports."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody makes an account alone: a seat or a role comes first."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Persons have no user name."""


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """A passkey is another way in, not a second factor: losing the phone locks nobody out."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:  # noqa: ARG002
        """No second step after a code."""
        return False
