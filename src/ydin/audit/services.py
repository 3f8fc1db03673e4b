"""Writing the audit log. There is no function to change it."""

from __future__ import annotations

from typing import Any

from django.db import models

from ydin.audit.models import Entry
from ydin.people.models import Person


def record(*, actor: Person | None, action: str, target: models.Model, **data: Any) -> None:  # noqa: ANN401
    """Append that `actor` (None: the system or a stranger) did `action` to `target`, with JSON values.

    Rows are written without reading them back: the web role may insert but not select other people's acts.
    """
    Entry(
        actor=actor,
        action=action,
        target_type=target._meta.label_lower,  # noqa: SLF001 - Django's documented attribute
        target_id=str(target.pk),
        data=data,
    ).save(force_insert=True)
