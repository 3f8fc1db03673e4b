"""A letter made of three templates: subject, plain text, HTML. One layout (base_email) for all of them."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation

WIDTH: Final = 76
"""Columns of plain text (RFC 5322, 2.1.1: no more than 78)."""
PREHEADER: Final = 120
ENDINGS: Final = (".subject.txt", ".txt", ".html")
_GAP = re.compile(r"\n{3,}")
_LINK = re.compile(r"https?://")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as it is read."""

    subject: str
    text: str
    html: str


def render_letter(
    template: str,
    *,
    language: str,
    time_zone: str,
    context: Mapping[str, Any],
    base_url: str,
    endings: tuple[str, str, str] = ENDINGS,
) -> Rendered:
    """Render a letter in a language and on a clock.

    Args:
        template: e.g. "meetings/email/announced"; `.subject.txt`, `.txt` and `.html` must exist.
        language: of the receiver ("fi", "sv", "en").
        time_zone: of the receiver (IANA).
        context: what the templates need; `language`, `base_url`, `subject` and `preheader` are added.
        base_url: address of the site.
        endings: of the names of the three templates: subject, text, HTML.

    """
    with translation.override(language), timezone.override(ZoneInfo(time_zone)):
        full = {**context, "language": language, "base_url": base_url}
        subject = " ".join(render_to_string(template + endings[0], full).split())
        full["subject"] = subject
        text = tidy(render_to_string(template + endings[1], full))
        html = render_to_string(template + endings[2], {**full, "preheader": first_words(text)})
    return Rendered(subject, text, html)


def tidy(text: str) -> str:
    """Wrap long lines at spaces, never inside an address; one empty line between paragraphs."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        lines += _wrapped(line.rstrip())
    return _GAP.sub("\n\n", "\n".join(lines)) + "\n"


def _wrapped(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    return textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]


def first_words(text: str) -> str:
    """Return what a mailbox shows behind the subject: the beginning of what follows the heading, no links."""
    _heading, _, rest = text.partition("\n\n")
    body = rest.partition("\n--\n")[0]
    words = " ".join(line for line in body.split("\n") if not _LINK.search(line)).split()
    return textwrap.shorten(" ".join(words), PREHEADER, placeholder=" …")
