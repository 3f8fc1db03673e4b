"""One conversation with the mail server, and what its answer means."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from ydin.outbox.documents.envelope import envelope_sender
from ydin.outbox.documents.mail import as_mail
from ydin.outbox.models import Message
from ydin.outbox.rules import Stage, Verdict, judge, xtext


@dataclass(frozen=True)
class Answer:
    """Why a conversation failed: at which stage, the server's code (0: no answer), its words on one line."""

    stage: Stage
    code: int
    text: str

    @property
    def verdict(self) -> Verdict:
        """What to do about it."""
        return judge(self.stage, self.code, self.text)

    @property
    def about_receiver(self) -> bool:
        """True when the address is to blame, not this letter nor our own setting-up."""
        return self.verdict in {Verdict.NO_SUCH_ADDRESS, Verdict.MAILBOX_FULL} or (
            self.stage == Stage.RECEIVER and self.verdict == Verdict.AGAIN
        )


def send(message: Message) -> None:
    """Deliver one message to the server that `YDIN_EMAIL_URL` names.

    Where the server can, it is asked to tell about failure and delay, headers only, under the message's id
    (RFC 3461: NOTIFY, RET, ENVID).

    Raises:
        smtplib.SMTPException, OSError: it was not taken; `answer_of` says why.

    """
    with _connection() as backend:
        server = backend.connection
        assert server is not None
        sender = envelope_sender(message)
        receiver = sanitize_address(message.to_address, "utf-8")
        mail_options, rcpt_options = [], []
        server.ehlo_or_helo_if_needed()
        if server.has_extn("dsn"):
            mail_options = ["RET=HDRS", f"ENVID={message.pk.hex}"]
            rcpt_options = ["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{xtext(receiver)}"]
        mime: Any = as_mail(message).message()
        server.sendmail(sender, [receiver], mime.as_bytes(linesep="\r\n"), mail_options, rcpt_options)


def answer_of(error: Exception) -> Answer:
    """Say at which stage the conversation broke and with which words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return Answer(Stage.RECEIVER, code, f"{code} {_words(said)}")
    if isinstance(error, smtplib.SMTPDataError):
        return Answer(Stage.CONTENT, error.smtp_code, f"{error.smtp_code} {_words(error.smtp_error)}")
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(Stage.SERVER, error.smtp_code, f"{error.smtp_code} {_words(error.smtp_error)}")
    return Answer(Stage.SERVER, 0, _words(str(error) or type(error).__name__))


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:1900]


def _connection() -> EmailBackend:
    """Name the server: smtp:// (plain), smtp+tls:// (STARTTLS) or smtps:// (TLS); it is opened by `with`."""
    server = urlsplit(settings.SMTP_URL)
    return EmailBackend(
        host=server.hostname,
        port=server.port or (465 if server.scheme == "smtps" else 25),
        username=unquote(server.username or ""),
        password=unquote(server.password or ""),
        use_tls=server.scheme == "smtp+tls",
        use_ssl=server.scheme == "smtps",
        timeout=30,
    )
