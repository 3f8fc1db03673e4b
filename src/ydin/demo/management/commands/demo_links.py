"""`ydin manage demo_links --url URL`: how to enter, as JSON on standard output."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ydin.demo.services.links import demo_links, readdress_letters


class Command(BaseCommand):
    """Tells the supervisor the addresses, and points the outbox's letters to where the demo runs."""

    help = "Print the addresses by which the demo is entered, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--url", required=True, help="where the demo runs")

    def handle(self, **options: Any) -> None:
        """Print one line."""
        url = str(options["url"]).rstrip("/")
        readdress_letters(actor=None, url=url)
        self.stdout.write(json.dumps(demo_links(actor=None, url=url)))
