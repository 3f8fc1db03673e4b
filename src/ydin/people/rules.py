"""Languages and kinds of message."""

from __future__ import annotations

from enum import StrEnum

DEFAULT_TIME_ZONE = "Europe/Helsinki"


class Language(StrEnum):
    """BCP 47 tags of the languages that the product speaks."""

    FINNISH = "fi"
    SWEDISH = "sv"
    ENGLISH = "en"


class MailKind(StrEnum):
    """Kinds of message that a person may turn off. Invitations, changes and cancellations are not among them."""

    REMINDER = "reminder"
    SUMMARY = "summary"
    HOST_TIPS = "host_tips"
