"""Conventions that imports cannot hold (docs/adr, CONTRIBUTING): each is a rule with a reason."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from procrastinate.contrib.django import app as queue
from tests.confidential import CONFIDENTIAL_TABLES

import ydin

PACKAGE = Path(ydin.__file__).parent
TESTS = Path(__file__).parent
ORDER = [
    "kernel",
    "ui",
    "planning",
    "people",
    "outbox",
    "audit",
    "networks",
    "access",
    "groups",
    "meetings",
    "experiments",
    "partnerships",
    "institutes",
    "ideas",
    "calendar",
    "stories",
    "trust",
    "privacy",
    "home",
    "demo",
]
LEVELS = {
    "kernel": 0,
    "ui": 1,
    "planning": 1,
    "people": 2,
    "outbox": 3,
    "audit": 3,
    "networks": 4,
    "access": 5,
    "groups": 5,
    "meetings": 6,
    "experiments": 7,
    "partnerships": 7,
    "institutes": 7,
    "ideas": 7,
    "calendar": 8,
    "stories": 9,
    "trust": 10,
    "privacy": 10,
    "home": 11,
    "demo": 11,
}
MAX_FILE, MAX_FUNCTION = 400, 40
SLICES = [n for n in ORDER if (PACKAGE / n / "apps.py").exists()]


def _sources() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in _sources():
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text())


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_and_functions_stay_small() -> None:
    faults = []
    for path in [*_sources(), *TESTS.rglob("*.py")]:
        lines = path.read_text().count("\n")
        if lines > MAX_FILE:
            faults.append(f"{path.name}: {lines} lines")
    for name, tree in _trees():
        for function in _functions(tree):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > MAX_FUNCTION:
                faults.append(f"{name}: {function.name} has {length} lines")
    assert faults == []


def test_no_import_inside_a_function_except_ready() -> None:
    faults = []
    for name, tree in _trees():
        for function in _functions(tree):
            if function.name == "ready" and name.endswith("apps.py"):
                continue
            inner = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
            faults += [f"{name}: {function.name}, line {n.lineno}" for n in inner]
    assert faults == []


def test_foreign_keys_point_downwards() -> None:
    faults = []
    for model in apps.get_models():
        here = LEVELS.get(model._meta.app_label)
        if here is None:
            continue
        for field in model._meta.get_fields():
            target: Any = getattr(field, "related_model", None)
            if target is None or field.auto_created or not hasattr(target, "_meta"):
                continue
            there = LEVELS.get(target._meta.app_label)
            if there is not None and there > here:
                faults.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert faults == []


def _services() -> Iterator[tuple[str, ast.FunctionDef]]:
    for name, tree in _trees():
        parts = name.split("/")
        if "services" in parts[1:] or parts[-1] == "services.py":
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield name, node


def test_every_service_that_writes_takes_keyword_only_actor() -> None:
    """A public function of a service module says who acts, or it only computes and takes no part in writing.

    Modules `services/*_base.py` hold what the services beside them share: the row is locked and the actor was
    checked by the service that calls, and views cannot reach them (see the layers in .importlinter).
    """
    faults = []
    for name, function in _services():
        if name.endswith("_base.py"):
            continue
        writes = any(
            isinstance(n, ast.Call)
            and isinstance(n.func, ast.Attribute)
            and n.func.attr
            in {"save", "create", "bulk_create", "delete", "update_or_create", "get_or_create", "bulk_update"}
            for n in ast.walk(function)
        )
        keyword_only = {a.arg for a in function.args.kwonlyargs}
        if writes and "actor" not in keyword_only:
            faults.append(f"{name}: {function.name}")
    assert faults == []


def test_every_deferred_job_is_registered() -> None:
    names = set()
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "defer" and node.args:
                first = node.args[0]
                assert isinstance(first, ast.Constant), ast.dump(node)
                names.add(first.value)
    assert names
    assert names <= set(queue.tasks)


OPEN_VIEWS = re.compile(
    r"^(accounts/(login/|logout/|closed/|join/|login/code/|login/code/confirm/|reauthenticate/|passkeys/login/)"
    r"|language/|ui/.*|outbox/.*|demo/.*|me/unsubscribe/.*|me/letters/<str:token>/|me/erase/undo/<str:token>/"
    r"|me/consents/withdraw/<str:token>/"
    r"|e/.*|y/.*|o/.*|i/.*|k/.*|tried/|tried/<int:pk>/|stories/.*"
    r"|a/.*|h/.*|w/.*|c/.*|s/.*|o/.*|i/.*|k/.*|p/.*|d/.*"  # personal links: the token says who
    r"|ideas/by/.*|talks/for/.*|talks/by/.*"
    r"|apply/.*|calendar/|calendar/meetings/.*|calendar/groups/.*|events/<int:pk>/(event.ics)?|feeds/.*"
    r"|calendar/\(\?P<year>.*"
    r"|dav/.*|.well-known/caldav"  # calendar programs say who they are with each request (HTTP Basic)
    r"|meetings/<int:pk>/meeting.ics"  # a public evening's; others are not found
    r"|groups/.*|about/|accessibility/(feedback/|thanks/)?|privacy/(<slug:slug>/)?|robots.txt|sitemap.xml|favicon.ico|)$"
)


def _addresses(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern


@pytest.mark.django_db
def test_every_view_needs_sign_in_unless_listed(client) -> None:
    """A stranger who opens a page that is not listed is sent to sign in, whatever the numbers in its address."""
    faults = []
    for route, _pattern in _addresses():
        if OPEN_VIEWS.match(route.removeprefix("^")):
            continue
        address = _example_address(route)
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
        if not to_sign_in:
            faults.append(f"{address}: {answer.status_code}")
    assert faults == []


EXAMPLES = {"int": "987654", "[0-9]+": "987654", "uuid": "6a3c7d1e-0000-4000-8000-000000000000"}


def _example_address(route: str) -> str:
    """An address of the route: of `path()` with its converters, or of `re_path()` with named groups."""
    plain = re.sub(r"\(\?P<\w+>([^()]*)\)", _of_group, route)
    plain = re.sub(r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES.get(m[1], "x"), plain)
    return "/" + plain.removeprefix("^").removesuffix("$")


def _of_group(match: re.Match[str]) -> str:
    first, bar, _rest = match[1].partition("|")
    return first if bar else EXAMPLES.get(match[1], "x")


@pytest.mark.parametrize(
    ("route", "address"),
    [
        ("seasons/<int:pk>/<slug:name>/", "/seasons/987654/x/"),
        ("me/<token>/", "/me/x/"),
        ("^h/(?P<token>[^/]+)/prepare/(?P<step>theme|done)/$", "/h/x/prepare/theme/"),
        ("^meetings/(?P<pk>[0-9]+)/$", "/meetings/987654/"),
    ],
)
def test_example_addresses(route: str, address: str) -> None:
    assert _example_address(route) == address


@pytest.mark.django_db
def test_every_confidential_table_has_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relrowsecurity and relnamespace = 'public'::regnamespace"
        )
        protected = {row[0] for row in cursor.fetchall()}
        cursor.execute("select tablename, count(*) from pg_policies group by 1")
        policies = dict(cursor.fetchall())
    assert protected == CONFIDENTIAL_TABLES
    assert all(policies[t] == 5 for t in CONFIDENTIAL_TABLES)


@pytest.mark.django_db
def test_security_definer_functions_fix_their_search_path() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select proname, proconfig from pg_proc where prosecdef and proname like 'ydin%'")
        rows = cursor.fetchall()
    assert rows
    assert [name for name, settings in rows if not any("search_path" in s for s in settings or [])] == []


def _templates() -> Iterator[Path]:
    for name in SLICES:
        yield from sorted((PACKAGE / name / "templates").rglob("*.*"))


THIRD_PARTY_TEMPLATES = re.compile(r"^(account|mfa|allauth)/")
ERROR_PAGES = re.compile(r"^(400|403|404|403_csrf|500)\.html$")


def test_every_template_is_used_and_parses() -> None:
    code = "\n".join(p.read_text() for p in _sources())
    markup = "\n".join(p.read_text() for p in _templates())
    unused = []
    for path in _templates():
        name = path.as_posix().partition("/templates/")[2]
        get_template(name)
        letter = re.sub(r"(\.subject)?\.(txt|html)$", "", name)
        known = (
            name in code or name in markup or f'"{letter}"' in code or _is_built(name) or _is_built(letter)
        )
        if (
            not known
            and not THIRD_PARTY_TEMPLATES.match(name)
            and not ERROR_PAGES.match(name)
            and "catalogue_email" not in name
        ):
            unused.append(name)
    assert unused == []


@cache
def _strings() -> tuple[set[str], list[re.Pattern[str]]]:
    """The plain strings of the code, and patterns of its f-strings that begin with a folder of templates."""
    plain, built = set(), []
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            if isinstance(node, ast.JoinedStr) and "/" in str(getattr(node.values[0], "value", "")):
                parts = [
                    re.escape(str(v.value)) if isinstance(v, ast.Constant) else "([^/]+)" for v in node.values
                ]
                built.append(re.compile("".join(parts)))
    return plain, built


def _is_built(name: str) -> bool:
    """Whether an f-string of the code makes this name of parts that stand in the code as strings."""
    plain, built = _strings()
    return any(found and plain.issuperset(found.groups()) for found in (p.fullmatch(name) for p in built))


def test_every_letter_has_subject_text_and_html() -> None:
    letters: dict[str, set[str]] = {}
    for path in _templates():
        name = path.as_posix().partition("/templates/")[2]
        if "/email/" in name and not THIRD_PARTY_TEMPLATES.match(name) and not path.name.startswith("_"):
            stem = re.sub(r"(\.subject\.txt|\.txt|\.html)$", "", name)
            letters.setdefault(stem, set()).add(name.removeprefix(stem))
    assert letters
    assert {k: v for k, v in letters.items() if v != {".subject.txt", ".txt", ".html"}} == {}


# Acts without a cookie: RFC 8058 for the first; the second only remembers a language.
# checking in works without cookies, so no token can be compared; no session takes part
# public forms set no cookie and act for nobody; what another site's page sends is refused
PUBLIC_FORMS = {"apply.html", "accessibility.html"}
WITHOUT_TOKEN = PUBLIC_FORMS | {
    "by_link.html",
    "say_yes.html",
    "unsubscribe.html",
    "languages.html",
    "check_in_door.html",
    "_check_in_visitor.html",
}


def test_forms_that_post_carry_a_token_and_pages_carry_no_inline_code() -> None:
    faults = []
    for path in _templates():
        text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)
        name = path.name
        if path.suffix != ".html" or "/email/" in path.as_posix() or "base_email" in name or "email_" in name:
            continue
        for form in re.finditer(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", text, re.DOTALL):
            if "csrf_token" not in form[0] and name not in WITHOUT_TOKEN:
                faults.append(f"{name}: a form without a token")
        if re.search(r"\sstyle=\"", text):
            faults.append(f"{name}: style attribute")
        if re.search(r"\son(click|change|submit|load|input)=", text):
            faults.append(f"{name}: inline handler")
        if re.search(r"<script(?![^>]*(src=|type=\"application/json\"))[^>]*>", text):
            faults.append(f"{name}: inline script")
        if re.search(r"\|safe\b", text):
            faults.append(f"{name}: |safe")
    assert faults == []


def test_nothing_of_this_kind_is_in_the_code() -> None:
    """No debug leftovers, no disabled escaping in Python, no signal receivers."""
    forbidden = {
        "mark_safe": r"\bmark_safe\(",
        "signals": r"@receiver\(|\.connect\(.*sender=",
        "print": r"^\s*print\(",
        "TODO": r"\b(TODO|FIXME|XXX)\b",
    }
    allowed = {("mark_safe", "ui"), ("print", "cli"), ("print", "planning")}
    faults = []
    for path in _sources():
        slice_name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for what, pattern in forbidden.items():
            if (what, slice_name) not in allowed and re.search(pattern, path.read_text(), re.MULTILINE):
                faults.append(f"{path.relative_to(PACKAGE)}: {what}")
    assert faults == []


def test_public_functions_of_services_policies_and_queries_have_docstrings() -> None:
    faults = []
    for name, tree in _trees():
        if not re.search(r"/(services|policies|queries|rules|documents)\b", "/" + name):
            continue
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                faults.append(f"{name}: {node.name}")
    assert faults == []
    assert inspect.getdoc(ydin)
