"""`ydin manage build_demo`: the sample network, unless it exists."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ydin.demo.services.build import build_demo


class Command(BaseCommand):
    """Builds the sample network, as the system."""

    help = "Build the sample network with invented companies; does nothing when it exists."

    def handle(self, **_options: Any) -> None:
        """Build; one line of progress a group on standard error."""
        build_demo(actor=None, say=self.stderr.write)
