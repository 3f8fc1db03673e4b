"""Writing the audit log. There is no function to change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from ydin.audit.models import Entry
from ydin.people.models import Person


def record(*, actor: Person | None, action: str, target: models.Model, **data: Any) -> None:
    """Append that `actor` (None: the system or a stranger) did `action` to `target`, with JSON values.

    Rows are written without reading them back: the web role may insert but not select other people's acts.
    """
    _entry(actor, action, target, data).save(force_insert=True)


def record_all(*, actor: Person | None, action: str, targets: Iterable[models.Model], **data: Any) -> None:
    """Append the same act for each target, as `record` does, in few statements."""
    Entry.objects.bulk_create([_entry(actor, action, target, data) for target in targets], batch_size=1000)


def _entry(actor: Person | None, action: str, target: models.Model, data: dict[str, Any]) -> Entry:
    return Entry(
        actor=actor,
        action=action,
        target_type=target._meta.label_lower,  # noqa: SLF001 - Django's documented attribute
        target_id=str(target.pk),
        data=data,
    )
