"""`ydin manage break_glass EMAIL --network SLUG --group SLUG --reason "…"`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ydin.groups.queries import groups_of_network
from ydin.groups.services.trust import break_glass
from ydin.kernel.acting import acting_as_system
from ydin.kernel.errors import YdinError
from ydin.networks.queries import find_network
from ydin.people.policies import person_of_address


class Command(BaseCommand):
    """For whoever runs the program and must help: the named person reads one group for an hour."""

    help = "Let a person without a seat read one group for an hour. The group and its coordinators are told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("email", help="of the person who will read, signed in as usual")
        parser.add_argument("--network", required=True, metavar="SLUG")
        parser.add_argument("--group", required=True, metavar="SLUG")
        parser.add_argument("--reason", required=True, help="a sentence that the group reads")

    def handle(self, *, email: str, network: str, group: str, reason: str, **_: Any) -> None:
        """Run as the system. Anything unknown or refused: one line and exit status 2."""
        with acting_as_system(), translation.override("en"):
            where, person = find_network(network), person_of_address(email)
            found = groups_of_network(where).filter(slug=group).first() if where else None
            if person is None or found is None:
                raise CommandError("there is no such person, network or group", returncode=2)
            try:
                broken = break_glass(actor=None, group=found, reason=reason, person=person)
            except YdinError as error:
                raise CommandError(" ".join(str(error).split()), returncode=2) from error
        self.stdout.write(f"open until {broken.ends_at.isoformat(timespec='seconds')}")
