"""A mail server for tests: keeps what it gets, refuses when told, knows DSN when told."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings
from tests.ports import free_port

from ydin.outbox.emails import Letter


class Inbox:
    """Receives; `replies` answer contents first, `refusals` receivers, one a message."""

    def __init__(self, *, knows_dsn: bool = False) -> None:
        self.received: list[email.message.EmailMessage] = []
        self.replies: list[str] = []
        self.refusals: list[str] = []
        self.senders: list[str] = []
        self.parameters: list[str] = []
        self.knows_dsn = knows_dsn

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-DSN", responses[-1]] if self.knows_dsn else responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.senders.append(address)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.replies:
            return self.replies.pop(0)
        assert isinstance(envelope.content, bytes)
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


class _Server(SMTP):
    """Takes the parameters of RFC 3461, which aiosmtpd does not know, and writes them down."""

    def _getparams(self, params: Sequence[str]) -> dict[str, Any] | None:
        handler: Inbox = self.event_handler
        asked = [p for p in params if p.split("=")[0] in {"RET", "ENVID", "NOTIFY", "ORCPT"}]
        handler.parameters += asked
        return super()._getparams([p for p in params if p not in asked])


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@pytest.fixture
def open_inbox(settings: Settings) -> Iterator[Callable[..., Inbox]]:
    """Start a mail server and send everything there."""
    running = []

    def start(**wanted: Any) -> Inbox:
        handler = Inbox(**wanted)
        controller = _Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        running.append(controller)
        settings.SMTP_URL = f"smtp://127.0.0.1:{controller.port}"
        settings.DELIVERS_MAIL = True
        return handler

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def inbox(open_inbox: Callable[..., Inbox]) -> Inbox:
    """A server without extensions."""
    return open_inbox()


def letter(**more: object) -> Letter:
    """A letter with what is given, and the rest made up."""
    fields: dict[str, object] = {
        "kind": "test.letter",
        "address": "aino@example.org",
        "name": "Aino Õ'Rantala 🌲",
        "language": "fi",
        "subject": "To 4.2. klo 17.30\nBcc: intruder@example.org",
        "text": "Tervetuloa!\n",
        "html": "<p>Tervetuloa!</p>",
    }
    return Letter(**{**fields, **more})  # type: ignore[arg-type]
