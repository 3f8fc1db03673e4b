"""Who sees and may do what with stories."""

from __future__ import annotations

from django.db.models import QuerySet

from ydin.networks.models import Network
from ydin.networks.policies import can_keep_companies
from ydin.networks.queries import enterprises_of, networks_worked_in
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person
from ydin.stories.models import Consent, Story


def edited_stories(reader: Reader) -> QuerySet[Story]:
    """Return the stories that the reader edits: of networks in which they coordinate."""
    person = as_person(reader)
    if person is None:
        return Story.objects.none()
    return Story.objects.filter(network__in=networks_worked_in(person))


def edited_networks(reader: Reader) -> QuerySet[Network]:
    """Return the networks whose stories the reader edits."""
    person = as_person(reader)
    return Network.objects.none() if person is None else networks_worked_in(person)


def can_edit(person: Person | None, network: Network) -> bool:
    """Tell whether the person writes the network's stories: any coordinator in it."""
    return can_keep_companies(person, network)


def can_consent(person: Person | None, consent: Consent) -> bool:
    """Tell whether the person answers for the company that is named."""
    return person is not None and enterprises_of(person).filter(pk=consent.enterprise_id).exists()
