"""What a public page tells programs: its addresses in each language, and what it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from ydin.ui.languages import in_language, plain

DESCRIPTION_LENGTH = 200
LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
_UNSAFE = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class Addresses:
    """Full addresses of a page: in this language, in each, the one that asks the browser; of its picture."""

    canonical: str
    alternates: list[tuple[str, str]]
    default: str
    locale: str
    picture: str


@dataclass(frozen=True)
class About:
    """What a page that is passed on is about (Open Graph); `data` is linked data (JSON-LD)."""

    title: str
    description: str = ""
    kind: str = "website"
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The description as one short plain line."""
        return Truncator(" ".join(strip_tags(self.description).split())).chars(DESCRIPTION_LENGTH)

    @property
    def linked_data(self) -> SafeString:
        """The data block. Browsers do not run it, so the content security policy lets it stand."""
        text = json.dumps(self.data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
        return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def language_codes() -> list[str]:
    """Return the languages of the site."""
    return [code for code, _name in settings.LANGUAGES]


def addresses_of(request: HttpRequest) -> Addresses:
    """Return the full addresses of the page that is asked for, without its query."""
    path, code = plain(request.path), (get_language() or settings.LANGUAGE_CODE)[:2]
    base = settings.BASE_URL
    return Addresses(
        f"{base}{in_language(code, path)}",
        [(other, f"{base}{in_language(other, path)}") for other in language_codes()],
        f"{base}{path}",
        LOCALES.get(code, code),
        f"{base}{plain(reverse('ui-share', args=[code]))}",
    )


def full(path: str) -> str:
    """Return the full address of a path in the reader's language, for data that leaves the page."""
    return f"{settings.BASE_URL}{in_language((get_language() or settings.LANGUAGE_CODE)[:2], path)}"
