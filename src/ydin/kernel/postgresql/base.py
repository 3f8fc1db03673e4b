"""The engine's wrapper. Django looks for `DatabaseWrapper` in a module of this name."""

from __future__ import annotations

from django.db.backends.postgresql import base

from ydin.kernel.acting import apply_acting


class DatabaseWrapper(base.DatabaseWrapper):
    """Applies `acting_as` at the start of every outermost transaction.

    Row-level security reads transaction-local settings. A middleware alone would set them before
    `ATOMIC_REQUESTS` opens the transaction, where they are lost.
    """

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's signature
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            apply_acting(self)
