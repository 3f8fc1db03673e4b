"""Reports of mail servers that a letter did not arrive (RFC 3464). The status decides, not the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from ydin.outbox.rules.charsets import header

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REFUSED = re.compile(r"5\.(1\.\d+|2\.1)")
"""No such mailbox, no such domain, mailbox disabled (RFC 3463, 3.2 and 3.3)."""
_MACHINE = re.compile(r"(mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_FAILURE = re.compile(
    r"(failure notice|undeliver|delivery (status|failure|has failed)|returned mail)", re.IGNORECASE
)
MOST_RECIPIENTS = 20


class Fate(StrEnum):
    """What became of a letter, as its servers report."""

    REFUSED = "refused"
    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Report:
    """One letter's fate and what the other side said, on one line. REFUSED: the address is of no use."""

    fate: Fate
    said: str


def read_report(mail: Message) -> Report | None:
    """Return the report that the mail is, or None when it is none. The worst of several recipients counts."""
    if mail.get_content_type() == "multipart/report":
        found = [
            r
            for part in _parts(mail)
            if part.get_content_type() == "message/delivery-status"
            for r in _fates(part)
        ]
        order = list(Fate)
        return min(found, key=lambda report: order.index(report.fate)) if found else None
    if _MACHINE.search(header(mail, "From")) and _FAILURE.search(header(mail, "Subject")):
        return Report(Fate.FAILED, header(mail, "Subject"))
    return None


def _parts(mail: Message) -> list[Message]:
    inside = mail.get_payload()
    return [p for p in inside if isinstance(p, Message)][:MOST_RECIPIENTS] if isinstance(inside, list) else []


def _fates(status: Message) -> list[Report]:
    """The standard parser gives each group of lines of a delivery status as a message of headers."""
    found = []
    for group in _parts(status):
        action = header(group, "Action").lower()
        code = _STATUS.search(header(group, "Status"))
        said = header(group, "Diagnostic-Code").partition(";")[2].strip() or header(group, "Status")
        if action == "failed" and (code is None or code[1] != "2"):
            refused = code is not None and _REFUSED.fullmatch(code[0])
            found.append(Report(Fate.REFUSED if refused else Fate.FAILED, said))
        elif action == "delayed":
            found.append(Report(Fate.DELAYED, said))
        elif action in {"delivered", "relayed", "expanded"}:
            found.append(Report(Fate.ARRIVED, said))
    return found
