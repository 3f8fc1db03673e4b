"""`ydin manage register`: the register of processing activities, from the code."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from ydin.privacy.documents.register import register

LINES = (
    ("Purpose", "purpose"), ("Legal basis", "basis"), ("Kept", "keep"), ("Seen by", "recipients"),
    ("When erased", "erased"), ("Columns", "columns"),
)  # fmt: skip


class Command(BaseCommand):
    """Prints the register as Markdown."""

    help = "Print the register of processing activities, one section for each table with personal data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")

    def handle(self, **options: Any) -> None:
        """Print it."""
        with translation.override(options["language"]):
            for line in register():
                self.stdout.write(f"## {line['title']} ({line['label']})")
                for title, key in LINES:
                    self.stdout.write(f"- {translation.gettext(title)}: {line[key]}")
                self.stdout.write("")
