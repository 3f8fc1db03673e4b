"""`ydin manage forget_second_step`: for somebody who lost phone and recovery codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ydin.access.services import CHECKS, forget_second_step
from ydin.kernel.acting import acting_as_system
from ydin.people.models import Person


class Command(BaseCommand):
    """Removes a person's second steps and signs them out."""

    help = "Remove the second step of somebody who lost theirs. Make sure first who is asking."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, and how it was made sure."""
        parser.add_argument("email")
        parser.add_argument(
            "--checked",
            required=True,
            choices=CHECKS,
            help="how you made sure who is asking",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them."""
        del args
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError("Nobody here has this address.")
        with acting_as_system():
            count = forget_second_step(actor=None, person=person, checked=options["checked"])
        self.stdout.write(f"{count} removed, signed out everywhere; they were told by e-mail.")
