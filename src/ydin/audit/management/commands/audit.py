"""`ydin audit verify|head|seal|export`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ydin.audit.queries import chain_pages, content_of, head
from ydin.audit.rules import canonical
from ydin.audit.services import seal_entries, verify_log
from ydin.kernel.acting import acting_as_system


class Command(BaseCommand):
    """Looks after the log's chain. Exit status: 0 whole, 1 broken, 2 could not be looked at."""

    help = "Verify the audit log, print the head of its chain, seal what waits, export it as JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="one line for each break, and the head")
        verify.add_argument(
            "--head", default="", metavar="POSITION:DIGEST", help="a head that was kept elsewhere"
        )
        acts.add_parser("head", help="print POSITION:DIGEST, to be kept where this database is not")
        acts.add_parser("seal", help="append what waits to the chain, as the worker does each minute")
        export = acts.add_parser("export", help="write the whole chain as JSON lines")
        export.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        """Run one act as the system."""
        with acting_as_system():
            getattr(self, f"_{options['act']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        anchored = options["head"]
        number, _, digest = anchored.partition(":")
        if anchored and not (number.isdecimal() and digest.isalnum()):
            raise CommandError("a head reads POSITION:DIGEST, as `ydin audit head` prints it", returncode=2)
        breaks = 0
        for line in verify_log(anchored=anchored):
            breaks += 1
            self.stdout.write(line)
        if breaks:
            raise CommandError(
                f"the log is broken: {breaks} {'place' if breaks == 1 else 'places'}", returncode=1
            )
        self.stdout.write(f"whole; head {head() or '0:'}")

    def _head(self, _options: dict[str, Any]) -> None:
        self.stdout.write(str(head() or "0:"))

    def _seal(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"sealed {seal_entries(actor=None)}")

    def _export(self, options: dict[str, Any]) -> None:
        count = 0
        try:
            with options["file"].open("wb") as out:
                for page in chain_pages():
                    for link, entry in page:
                        sealed = {"position": link.position, "digest": link.digest, "entry": link.entry_id}
                        content = content_of(entry) if entry else None
                        out.write(canonical({**sealed, "content": content}) + b"\n")
                        count += 1
        except OSError as error:
            raise CommandError(f"cannot write {options['file']}: {error.strerror}", returncode=2) from error
        self.stdout.write(json.dumps({"entries": count}))
