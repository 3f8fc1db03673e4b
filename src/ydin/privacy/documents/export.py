"""A person's data as JSON for programs and as a page for people, in one ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import BinaryField, Field, Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ydin.meetings.models import Meeting
from ydin.people.models import Person
from ydin.privacy.documents.mentioned import Named
from ydin.privacy.documents.register import BASIS_WORDS
from ydin.privacy.queries.registry import Table
from ydin.ui import dates

COLUMNS = {
    "name": gettext_lazy("Name"), "email": gettext_lazy("E-mail"), "language": gettext_lazy("Language"),
    "time_zone": gettext_lazy("Time zone"), "address": gettext_lazy("Address"), "phone": gettext_lazy("Phone"),
    "kind": gettext_lazy("Kind"), "enterprise": gettext_lazy("Company"),
    "company": gettext_lazy("Company"), "organisation": gettext_lazy("Organisation"),
    "group": gettext_lazy("Group"), "network": gettext_lazy("Network"), "meeting": gettext_lazy("Evening"),
    "role": gettext_lazy("Role"), "state": gettext_lazy("State"), "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Until"), "starts_at": gettext_lazy("From"), "ends_at": gettext_lazy("Until"),
    "answer": gettext_lazy("Answer"), "comment": gettext_lazy("Comment"), "guests": gettext_lazy("Guests"),
    "guest_name": gettext_lazy("Guests"), "substitute_name": gettext_lazy("Substitute"),
    "theme": gettext_lazy("Theme"), "month": gettext_lazy("Month"), "what": gettext_lazy("What"),
    "due": gettext_lazy("By when"), "outcome": gettext_lazy("Outcome"), "text": gettext_lazy("Text"),
    "message": gettext_lazy("Message"), "subject": gettext_lazy("Subject"), "device": gettext_lazy("Device"),
    "business_id": gettext_lazy("Business ID"), "description": gettext_lazy("Description"),
    "discussed": gettext_lazy("Discussed"), "advice": gettext_lazy("Advice"), "next_time": gettext_lazy("Next time"),
    "reason": gettext_lazy("Reason"), "action": gettext_lazy("Act"), "at": gettext_lazy("When"),
    "created_at": gettext_lazy("When"), "recorded_at": gettext_lazy("When"), "answered_at": gettext_lazy("Answered"),
    "given_at": gettext_lazy("Given"), "withdrawn_at": gettext_lazy("Taken back"),
    "asked_at": gettext_lazy("Asked"), "wanted": gettext_lazy("Wanted"), "to_address": gettext_lazy("E-mail"),
}  # fmt: skip
"""What columns are called on the page; those that are not here are in the JSON only."""


@dataclass(frozen=True)
class Part:
    """The rows of one table."""

    table: Table
    rows: list[Model]


def archive(person: Person, parts: list[Part], named: Named) -> bytes:
    """Return the ZIP, in the language and time zone that are active."""
    full = [part for part in parts if part.rows]
    data = {
        "person": person.pk,
        "written_at": timezone.now().isoformat(timespec="seconds"),
        "tables": {part.table.label: [as_values(part.table, row) for row in part.rows] for part in full},
        "named_by_others": [vars(quote) for quote in named.quotes],
        "named_in_texts_you_do_not_open": named.unread,
    }
    page = render_to_string(
        "privacy/export.html",
        {
            "person": person,
            "parts": [_shown(part) for part in full],
            "named": named,
            "unread": sum(named.unread.values()),
            "language": person.language,
        },
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("my-data.html", page)
        zipped.writestr("my-data.css", render_to_string("privacy/export.css"))
        zipped.writestr("my-data.json", json.dumps(data, ensure_ascii=False, indent=1))
    return out.getvalue()


def _columns(table: Table) -> list[Field[Any, Any]]:
    fields = table.model._meta.concrete_fields  # noqa: SLF001 - Django's documented attribute
    return [f for f in fields if f.name not in table.secrets and not isinstance(f, BinaryField)]


def as_values(table: Table, row: Model) -> dict[str, Any]:
    """Return a row for JSON: ids as they are, instants in ISO 8601."""
    return {f.name: _plain(f.value_from_object(row)) for f in _columns(table)}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | dict):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value)


def _shown(part: Part) -> dict[str, Any]:
    table = part.table
    columns = [f for f in _columns(table) if f.name in COLUMNS]
    rows = [[(COLUMNS[f.name], words) for f in columns if (words := _words(f, row))] for row in part.rows]
    return {"table": table, "basis": BASIS_WORDS[table.basis], "rows": [row for row in rows if row]}


def _words(column: Field[Any, Any], row: Model) -> str:
    """Return a value as people read it; other people are not named."""
    value: Any = getattr(row, column.name)
    if value is None or isinstance(value, Person):
        return ""
    if isinstance(value, Meeting):
        return f"{value.theme} {dates.day_year(value.starts_at)}".strip()
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return _said(value)


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return dates.day_time(value)
    if isinstance(value, date):
        return dates.day_year(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
