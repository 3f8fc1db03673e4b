"""Django's sessions in the database, in a table that also says whose they are (`SESSION_ENGINE`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from ydin.access.models import Session
from ydin.access.rules import DEVICE_KEY, SEEN_EVERY
from ydin.kernel.clock import now

_METHODS_KEY = "account_authentication_methods"


class SessionStore(db.SessionStore):
    """Keeps person, device, begin and last use beside each session, so that people can end their others."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table's model."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of the session's data."""
        row: Any = super().create_model_instance(data)
        person = data.get(SESSION_KEY)
        row.person_id = int(person) if person else None
        row.device = str(data.get(DEVICE_KEY, ""))[:60]
        methods = data.get(_METHODS_KEY) or [{}]
        began = methods[0].get("at")
        row.started_at = datetime.fromtimestamp(began, UTC) if began else None
        row.seen_at = now()
        return row  # type: ignore[no-any-return]

    def _get_session_from_db(self) -> Session | None:
        """Load the row, and note now and then that it is in use."""
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        moment = now()
        if row is not None and moment - row.seen_at > SEEN_EVERY:
            Session.objects.filter(pk=row.pk).update(seen_at=moment)
        return row
