"""`ydin mail-in`: takes answers and bounces from the mail relay by SMTP or LMTP, in the foreground."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from ydin.kernel.acting import acting_as_system
from ydin.kernel.addresses import SignedAddress, read_address
from ydin.outbox.rules.inbound import LARGEST_MAIL
from ydin.outbox.services.inbound import TooManyMails, store_mail

logger = logging.getLogger(__name__)

MOST_RECEIVERS = 20
MOST_SESSIONS = 100
IDLE_SECONDS = 60
STORING_THREADS = 2
LONGEST_LINE = 64 * 1024


class Handler:
    """Answers the relay: unknown receivers are refused at once, the rest is taken when it is committed."""

    def __init__(self, *, per_receiver: bool) -> None:
        self._pool = ThreadPoolExecutor(STORING_THREADS, thread_name_prefix="store")
        self._per_receiver = per_receiver

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take receivers whose address we have signed."""
        del server, session, options
        if read_address(address) is None:
            return "550 5.1.1 There is no such address here"
        if len(envelope.rcpt_tos) >= MOST_RECEIVERS:
            return "452 4.5.3 Too many receivers"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Store the mail; LMTP wants one answer for each receiver (RFC 2033, 4.2)."""
        del server, session
        receivers = [read for one in envelope.rcpt_tos if (read := read_address(one)) is not None]
        raw, sender = bytes(envelope.original_content or b""), envelope.mail_from or ""
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._pool, _store, raw, sender, receivers)
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if self._per_receiver else 1))


def _store(raw: bytes, sender: str, receivers: list[SignedAddress]) -> str:
    try:
        with acting_as_system():
            store_mail(actor=None, raw=raw, sender=sender, receivers=receivers)
    except TooManyMails:
        return "450 4.7.1 Too many mails about one thing; try again later"
    except DatabaseError as problem:
        logger.warning("a mail could not be stored: %s", problem)
        connection.close()
        return "451 4.3.0 Cannot store mail now; try again later"
    return "250 2.0.0 Taken"


class _Smtp(SMTP):
    """Bears longer lines than it should have to (RFC 5321, 4.5.3.1.6): some programs write them."""

    line_length_limit = LONGEST_LINE


class _Lmtp(LMTP):
    """The same by LMTP."""

    line_length_limit = LONGEST_LINE


class _Sessions:
    """Makes protocol objects, each closed at once while too many are open."""

    def __init__(self, *, lmtp: bool) -> None:
        self._kind = _Lmtp if lmtp else _Smtp
        self._handler = Handler(per_receiver=lmtp)
        self._open: set[SMTP] = set()

    def __call__(self) -> SMTP:
        self._open = {one for one in self._open if one.transport is not None}
        made = self._kind(
            self._handler,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            timeout=1 if len(self._open) >= MOST_SESSIONS else IDLE_SECONDS,
            hostname="ydin",
            ident="Ydin",
        )
        self._open.add(made)
        return made


class Command(BaseCommand):
    """Listens until SIGTERM or Ctrl+C."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say where to listen and how to speak."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--lmtp", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the server."""
        del args
        asyncio.run(self._serve(options["host"], options["port"], lmtp=options["lmtp"]))

    async def _serve(self, host: str, port: int, *, lmtp: bool) -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ended.set)
        server = await loop.create_server(_Sessions(lmtp=lmtp), host, port)
        self.stdout.write(f"taking mail on {host}:{port} by {'LMTP' if lmtp else 'SMTP'}")
        self.stdout.flush()
        await ended.wait()
        server.close()
