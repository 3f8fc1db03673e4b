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
    "calendar": 8,
    "stories": 9,
    "trust": 10,
    "privacy": 10,
    "home": 11,
    "demo": 11,
}
MAX_FILE, MAX_FUNCTION = 400, 40
SLICES = [n for n in ORDER if (PACKAGE / n / "apps.py").exists()]

CONFIDENTIAL_TABLES = {
    "networks_contactcard", "networks_importbatch", "groups_application", "groups_acceptance",
    "groups_glassbreak", "experiments_experiment", "experiments_publictext", "stories_consent",
    "stories_story", "meetings_memo", "meetings_promise", "meetings_rsvp", "meetings_timeproposal",
    "meetings_attendance", "meetings_hostingwish", "outbox_inboundmail", "outbox_message", "audit_entry",
    "calendar_apppassword", "calendar_syncstate", "home_feedback", "partnerships_listing",
    "partnerships_suggestion", "partnerships_introduction", "partnerships_consentask",
    "partnerships_collaboration", "partnerships_collaborationvalue", "privacy_consent",
    "privacy_correction", "privacy_erasure", "privacy_export", "privacy_passage", "migrations", "ready",
    "related_model", "_meta", "services", "_", "save", "create", "bulk_create", "delete",
    "update_or_create", "get_or_create", "bulk_update", "actor", "id", "defer", "int", "uuid", "x", "x",
    "route", "address", "search_path", "templates", "catalogue_email", "value", "_",
}  # fmt: skip


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
