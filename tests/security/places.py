"""Every address of the product, filled in, and what may be sent to it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.permissions.walk import _readable, _values
from tests.permissions.world import World

import ydin

FORM = "application/x-www-form-urlencoded"
PACKAGE = Path(ydin.__file__).parent
OTHERWISE = {"int": "1", "uuid": "3c0f5f0e-8f5b-4d0e-9c5e-0c1b8f1e2a3d", "slug": "x", "str": "x", "path": "x"}


def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Yield every route of the resolver, those of signing in, the demo and the catalogue too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def filled(route: str, world: World) -> str:
    """Return the address with the ids of the group that is looked at, else with something of the right shape."""
    known = _values(route, world)

    def value(match: re.Match[str]) -> str:
        return str(known.get(match[2], OTHERWISE.get(match[1] or "str", "x")))

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, _readable(route))


def places(world: World) -> dict[str, str]:
    """Return every route with its address."""
    return {route: filled(route, world) for route in sorted(set(routes()))}


@cache
def fields() -> dict[str, forms.Field]:
    """Return every field of every form of the product, by name."""
    found: dict[str, forms.Field] = {}
    for path in sorted([*PACKAGE.glob("*/forms.py"), *PACKAGE.glob("*/forms/*.py")]):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for kind in vars(import_module(name)).values():
            if isinstance(kind, type) and issubclass(kind, forms.BaseForm):
                found |= kind.base_fields
    return found


@cache
def names_read() -> frozenset[str]:
    """Return the names that views read from forms and addresses without a form, as their source says."""
    sources = "\n".join(
        p.read_text() for p in PACKAGE.rglob("*.py") if "views" in p.as_posix() or "middleware" in p.name
    )
    return frozenset(re.findall(r"(?:POST|GET|asked)(?:\.get|\.getlist)?[(\[]\s*\"(\w+)\"", sources)) | {
        "next"
    }


def plausible(name: str, field: forms.Field | None, text: str) -> Any:
    """Return what gets past the form's own checks where it can, and `text` where it takes text."""
    if isinstance(field, forms.MultipleChoiceField | forms.ChoiceField) and not hasattr(field, "queryset"):
        keys = [str(key) for key, _label in list(field.choices) if key not in {"", None}]  # type: ignore[arg-type]
        return keys[:1] if isinstance(field, forms.MultipleChoiceField) else (keys or ["1"])[0]
    for kind, value in (
        (forms.BooleanField, "on"), (forms.IntegerField, "1"), (forms.DateField, "2027-01-12"),
        (forms.TimeField, "18:00"), (forms.DateTimeField, "2027-01-12T18:00"),
        (forms.EmailField, "aino@example.org"), (forms.URLField, "https://example.org/"),
        (forms.JSONField, "{}"), (forms.ModelChoiceField, "1"),
    ):  # fmt: skip
        if isinstance(field, kind):
            return value
    return "0" if name == "version" else text


@contextmanager
def keep_cookies(*clients: Client) -> Iterator[None]:
    """Give the browsers their cookies back afterwards: a page that signs out does so for its own request only."""
    before = [(client, dict(client.cookies)) for client in clients]
    yield
    for client, cookies in before:
        client.cookies.clear()
        client.cookies.update(cookies)


MARKUP = re.compile(r"[<>\"'&]")


def shown(text: str) -> set[str]:
    """How a page may show the text: escaped, lines in paragraphs or not."""
    return {html.escape(text, quote=True), html.escape(text, quote=True).replace("&#x27;", "&#39;")}


def raw_inside(page: str, text: str) -> bool:
    """Whether the text stands in the page as markup."""
    return bool(MARKUP.search(text)) and len(text) > 7 and text in page and text not in OUR_OWN(page)


def OUR_OWN(page: str) -> str:  # noqa: N802
    """What stands in every page of ours, whoever typed what."""
    return "".join(
        re.findall(r"<(?:head|footer|nav|header).*?</(?:head|footer|nav|header)>", page, re.DOTALL)
    )


def ask(
    client: Client, method: str, address: str, data: dict[str, Any] | str | None = None
) -> tuple[int, str, Any]:
    """Send one request whose effects are undone; return status, text and the answer.

    `data`: what a form sends, as values or written out already.
    """
    more = {"content_type": FORM} if isinstance(data, str) else {}
    with keep_cookies(client), transaction.atomic():
        answer = getattr(client, method)(address, data or {}, **more)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, body.decode(errors="replace"), answer
