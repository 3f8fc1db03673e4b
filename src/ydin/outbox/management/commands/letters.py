"""`ydin manage letters [--failed] [--days 30] [--limit 200]`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.outbox.policies import letters_for_operators


class Command(BaseCommand):
    """Shows whoever runs the program how the letters fare; also those that belong to no group."""

    help = "List letters that failed or wait: when, state, kind, receiver, group, attempts, why. Never what they say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--failed", action="store_true", help="only those that were given up or refused")
        parser.add_argument("--days", type=int, default=30, help="of so many days (30)")
        parser.add_argument("--limit", type=int, default=200, help="at most so many (200)")

    def handle(self, *, failed: bool, days: int, limit: int, **_: Any) -> None:
        """Print one line a letter, its parts between tabs, the newest first; a hyphen where there is nothing."""
        with acting_as_system():
            rows = letters_for_operators(now() - timedelta(days=days), only_failed=failed)[:limit]
            for row in rows:
                when = row.created_at.isoformat(timespec="seconds")
                why = " ".join(row.last_error.split())
                parts = (when, row.state, row.kind, row.to_address, row.group_id, row.attempts, why)
                self.stdout.write("\t".join(str(part or "-") for part in parts))
