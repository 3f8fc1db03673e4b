"""`ydin import companies FILE --network SLUG [--group SLUG] [--apply]`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ydin.groups.queries import groups_of_network
from ydin.groups.services.imports import GroupSeats
from ydin.kernel.acting import acting_as_system
from ydin.kernel.errors import YdinError
from ydin.networks.queries import find_network
from ydin.networks.services.imports import import_companies, preview_companies
from ydin.networks.services.imports_files import read_file


class Command(BaseCommand):
    """Prints what the file would do as JSON; with --apply it is done. Nothing is mailed."""

    help = "Bring in companies and their people from a CSV or XLSX file; prints the preview as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--network", required=True, metavar="SLUG")
        parser.add_argument("--group", metavar="SLUG", default="", help="each company gets a seat in it")
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
    def _run(*, file: Path, network: str, group: str, apply: bool, **_: Any) -> dict[str, Any]:
        where = find_network(network)
        if where is None:
            raise CommandError(f"there is no network {network!r}", returncode=2)
        seats = None
        if group:
            found = groups_of_network(where).filter(slug=group).first()
            if found is None:
                raise CommandError(f"the network {network!r} has no group {group!r}", returncode=2)
            seats = GroupSeats(actor=None, group=found)
        content = read_file(file)
        if apply:
            return import_companies(actor=None, network=where, content=content, seats=seats).preview.public()
        return preview_companies(actor=None, network=where, content=content, seats=seats).public()
