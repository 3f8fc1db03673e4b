"""The first step of an installation: a network and its first coordinator."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from ydin.kernel.acting import acting_as_system
from ydin.kernel.errors import YdinError
from ydin.networks.services.setup import create_network, invite_network_coordinator
from ydin.people.rules import DEFAULT_TIME_ZONE, Language


class Command(BaseCommand):
    """`ydin manage create_network --slug … --name … --coordinator EMAIL --name-of-coordinator …`."""

    help = "Create a network and its first coordinator, who gets a welcome by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--slug", required=True, help="short name in addresses, e.g. pohjoinen")
        parser.add_argument("--name", required=True, help="name of the network")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL", help="of the first coordinator")
        parser.add_argument("--name-of-coordinator", required=True, metavar="NAME")
        parser.add_argument(
            "--language",
            action="append",
            choices=[language.value for language in Language],
            help="may be given several times; the first one is the default",
        )
        parser.add_argument("--time-zone", default=DEFAULT_TIME_ZONE, help="e.g. Europe/Helsinki")

    def handle(self, **options: Any) -> None:
        """Create both, or nothing."""
        languages = options["language"] or [Language.FINNISH.value]
        try:
            validate_slug(options["slug"])
            validate_email(options["coordinator"])
            with acting_as_system(), transaction.atomic():
                network = create_network(
                    actor=None,
                    slug=options["slug"],
                    name=options["name"],
                    languages=languages,
                    time_zone=options["time_zone"],
                )
                invite_network_coordinator(
                    actor=None,
                    network=network,
                    email=options["coordinator"],
                    name=options["name_of_coordinator"],
                    language=languages[0],
                )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except YdinError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{network.name}: /networks/{network.slug}/")
