"""Every address is looked at once, by several readers, in a world where every text is hostile.

Looking changes nothing: mail programs and scanners open every link of a letter. What is stored is shown as text in
pages, as text in tables, as text in calendars. Every answer carries the headers. Nothing leads away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.urls import resolve
from tests.permissions.world import World
from tests.security.hostile import PLACES, TEXTS
from tests.security.page_forms import Form, forms_in
from tests.security.places import ask, places, raw_inside, shown
from tests.security.test_headers import missing
from tests.security.test_redirects import NAMES, leads_away

from ydin.kernel.text import typed

NEXT = {"coordinator": "national", "national": "host"}
"""Who looks instead where somebody may not."""
CLOCK = {"manage/groups/<int:pk>/glass/"}
"""Sent in tests/trust/test_glass.py: the database takes it from now on, and its clock stands still in our transaction."""
PERSONAL = ("mine/", "me/", "market/", "experiments/", "ideas/", "stories/")
OPENED, FOUND, FORBIDDEN, HIDDEN, ONLY_SENT_TO, TYPED_AGAIN, BROKEN = 200, 302, 403, 404, 405, 422, 500
LONGEST = 400
LETTERS = ("/ui/email/", "/outbox/")
"""Letters as mail programs show them, in a demo only: a frame that may hold styles and nothing else."""
WRITES = re.compile(r"^\s*(insert into|update|delete from) \"?(\w+)", re.IGNORECASE)
KEPT_BY_A_LOOK = {
    "access_session",  # last use, every quarter of an hour at most
    "kernel_throttle",
    "kernel_cache",
    "calendar_feedaddress",  # the day on which a program last asked
    "calendar_apppassword",
}
HOSTILE = "=\"'><script>alert(%s)</script>\nATTENDEE:mailto:victim@evil.example "
SHOWN = re.compile(r"<script>alert\((\d+)\)")
STRUCTURED = {"password", "session_data", "html", "calendar", "time_zone", "digest", "fingerprint", "words"}
"""Columns that no person types into, long as they are."""
LONG_ENOUGH = 80


def text_columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Yield every column of the product that holds what people write."""
    for model in apps.get_models():
        if not model.__module__.startswith("ydin.") or model._meta.label in {"audit.Entry", "audit.Link"}:
            continue
        for column in model._meta.concrete_fields:
            is_text = type(column) is models.TextField or (
                type(column) is models.CharField and (column.max_length or 0) >= LONG_ENOUGH
            )
            if (is_text and not column.choices and column.name not in STRUCTURED) or _is_said(column):
                yield model, column


def _is_said(column: Any) -> bool:
    return isinstance(column, models.JSONField) and column.name.rstrip("s").endswith(
        ("text", "title", "name")
    )


@pytest.fixture
def written(world: World) -> list[str]:
    """Write a hostile text into every column, each with its number; returns their names by number."""
    names = []
    for model, column in text_columns():
        number, sql = len(names), "%(text)s || %(table)s.ctid::text"
        if isinstance(column, models.JSONField):
            sql = "(select coalesce(jsonb_object_agg(k, %(text)s::text), '{}') from jsonb_object_keys(c) k)"
            sql = sql.replace(
                "(c)",
                f"(case jsonb_typeof({column.column}) when 'object' then {column.column} else '{{}}' end)",
            )
        table = model._meta.db_table
        statement = f'update {table} set "{column.column}" = {sql.replace("%(table)s", table)}'
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, {"text": HOSTILE % number})
        except DatabaseError:  # a column with a rule of its own
            continue
        names.append(f"{table}.{column.column}")
    return names


def of_markup(address: str, text: str, names: list[str]) -> Iterator[str]:
    """Yield what stands in a page as markup and should not."""
    if address.startswith(LETTERS):
        return
    yield from {f"{names[int(number)]} is markup" for number in SHOWN.findall(text)}
    if re.search(r"<[a-z][^<>]*\s(on\w+|style)=", text) and in_tags(text):
        yield "a script or a style stands in a tag"
    if re.search(r"<script(?![^>]*(src=|type=\"application/(ld\+)?json\"))", text):
        yield "a script stands in the page"
    foreign = re.findall(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?:https?:)?//(?!testserver)[^>]*>", text
    )
    yield from (tag for tag in foreign if "stylesheet" in tag or not tag.startswith("<link"))
    if re.search(r"(?:href|action|src)=\"(?:\\|//|https?:|javascript:|data:text|ftp:)[^\"]*evil", text):
        yield "a link away stands in the page"


def in_tags(page: str) -> list[str]:
    """Return the attributes that run or paint something, as a browser reads them."""
    found: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda _tag, attrs: found.extend(  # type: ignore[method-assign]
        name for name, _value in attrs if name.startswith("on") or name == "style"
    )
    reader.feed(page)
    return found


def of_files(kind: str, text: str) -> Iterator[str]:
    """Yield what a table or a calendar would do with what somebody typed."""
    if "csv" in kind and re.search(r"(^|;)\"?=", text, re.MULTILINE):
        yield "a cell is a formula"
    if "calendar" in kind and re.search(r"^ATTENDEE:mailto:victim", text, re.MULTILINE):
        yield "a line of the calendar came from what was typed"


def of_headers(role: str, address: str, answer: Any) -> Iterator[str]:
    """Yield what the answer's headers lack."""
    if not address.startswith(LETTERS):
        yield from missing(answer)
    if leads_away(answer.headers.get("Location", "")):
        yield f"leads to {answer.headers['Location']}"
    if role != "nobody" and "text/html" in answer.headers.get("Content-Type", ""):
        kept = answer.headers.get("Cache-Control", "")
        if "private" not in kept and "no-store" not in kept and "immutable" not in kept:
            yield f"a shared cache may keep a page of somebody signed in ({kept!r})"


def looked(client: Any, method: str, role: str, address: str, names: list[str]) -> tuple[int, str, list[str]]:
    """Look once; return the status, the page, and what is wrong."""
    asked = {name: PLACES[(len(address) + n) % len(PLACES)] for n, name in enumerate(NAMES)}
    wrote: set[str] = set()

    def note(execute: Any, sql: str, *more: Any) -> Any:
        if found := WRITES.match(sql):
            wrote.add(found[2])
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        status, text, answer = ask(client, method, address, asked)
    faults = wrong_with(role, address, status, text, answer, names)
    return status, text, faults + [f"writes {table}" for table in sorted(wrote - KEPT_BY_A_LOOK)]


def wrong_with(role: str, address: str, status: int, text: str, answer: Any, names: list[str]) -> list[str]:
    """Return what is wrong with an answer, whatever was asked."""
    kind = answer.headers.get("Content-Type", "")
    faults = [*of_headers(role, address, answer), *of_files(kind, text)]
    if "html" in kind or "xml" in kind:
        faults += of_markup(address, text, names)
    if status >= BROKEN:
        _kind, error, _trace = getattr(answer, "exc_info", None) or ("", "", "")
        faults.append(f"{status} {error!r}"[:300])
    return faults


def readers_of(route: str) -> list[str]:
    """Return who looks at an address: nobody, then who should see the most of it."""
    if "token" in route or "code" in route or route.startswith("ui/"):
        return ["nobody"]
    return ["nobody", "host", "coordinator"] if route.startswith(PERSONAL) else ["nobody", "coordinator"]


def look_everywhere(
    world: World, readers: dict[str, Any], names: list[str]
) -> Iterator[tuple[str, str, str, int, str, list[str]]]:
    """Yield (route, address, who, status, page, faults) of each look."""
    for route, address in places(world).items():
        roles = readers_of(route)
        while roles:
            role = roles.pop(0)
            status, text, found = looked(readers[role], "get", role, address, names)
            yield route, address, role, status, text, found
            if status == ONLY_SENT_TO:
                break
            if role in NEXT and status in {FORBIDDEN, HIDDEN, FOUND} and not roles:
                roles = [NEXT[role]]
        if "token" in route:
            yield route, address, "HEAD", *looked(readers["nobody"], "head", "nobody", address, names)


@pytest.mark.slow
def test_every_address_is_looked_at_and_every_form_is_sent(
    world: World, readers: dict[str, Any], written: list[str]
) -> None:
    assert len(written) > 60, written
    faults, statuses, sent = [], Counter[int](), Counter[int]()
    texts, seen = cycle(TEXTS), set()
    for route, address, role, status, page, found in look_everywhere(world, readers, written):
        statuses[status] += 1
        faults += [f"{role} /{route}: {what}" for what in found]
        for form in forms_in(page, address) if status == OPENED and "<form" in page else ():
            key = (resolve(urlsplit(form.action).path).route, form.shape)
            if key in seen or key[0] in CLOCK or route.startswith("ui/"):
                continue
            seen.add(key)
            code, wrong = fill_in(readers[role], role, form, texts, written)
            sent[code] += 1
            faults += [f"{role} sends {form.shape} to /{key[0]}: {what}" for what in wrong]
    assert not faults, f"{len(faults)} faults\n" + "\n".join(sorted(faults)[:80])
    assert statuses[OPENED] > 200, f"too few pages open: {statuses}"
    assert sent[302] + sent[303] > 60 and sent[422] > 10, f"too few forms get past the first check: {sent}"


def fill_in(
    client: Any, role: str, form: Form, texts: Iterator[str], names: list[str]
) -> tuple[int, list[str]]:
    """Send a form as it stands in its page, with hostile texts; return the status and what is wrong."""
    values, used = form.filled(texts)
    status, page, answer = ask(client, "post", form.action, urlencode(values, errors="replace"))
    faults = wrong_with(role, form.action, status, page, answer, names)
    faults += [f"{text[:40]!r} is markup in the answer" for text in used if raw_inside(page, text)]
    if status == TYPED_AGAIN:
        page = page.replace("\r\n", "\n")
        for text in used:
            wanted = typed(text).replace("\r\n", "\n").strip()
            if wanted and len(wanted) < LONGEST and not any(way in page for way in shown(wanted)):
                faults.append(f"{wanted[:40]!r} was refused and is lost")
    return status, faults
