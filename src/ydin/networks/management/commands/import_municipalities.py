"""`ydin import municipalities FILE --network SLUG [--apply]`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ydin.kernel.acting import acting_as_system
from ydin.kernel.errors import YdinError
from ydin.networks.queries import find_network
from ydin.networks.services.imports_files import read_file
from ydin.networks.services.imports_municipalities import import_municipalities, preview_municipalities


class Command(BaseCommand):
    """Prints what the file would do as JSON; with --apply it is done."""

    help = "Bring in regions, sub-regions and municipalities from a table; prints the preview as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--network", required=True, metavar="SLUG")
        parser.add_argument("--apply", action="store_true", help="write what the preview shows")

    def handle(self, **options: Any) -> None:
        """Run as the system. A file that is no table, or an unknown slug: one line and exit status 2."""
        with acting_as_system(), translation.override("en"):
            try:
                shown = self._run(**options)
            except YdinError as error:
                raise CommandError(" ".join(str(error).split()), returncode=2) from error
        self.stdout.write(json.dumps(shown, ensure_ascii=False))

    @staticmethod
    def _run(*, file: Path, network: str, apply: bool, **_: Any) -> dict[str, Any]:
        where = find_network(network)
        if where is None:
            raise CommandError(f"there is no network {network!r}", returncode=2)
        content = read_file(file)
        if apply:
            return import_municipalities(actor=None, network=where, content=content).public()
        return preview_municipalities(actor=None, network=where, content=content).public()
