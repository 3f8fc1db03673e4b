"""Who sees and may do what with experiments."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.experiments.models import Experiment
from ydin.experiments.queries import networks_shared_with, places_of
from ydin.experiments.rules.card import Audience
from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate, takes_part
from ydin.groups.queries import groups_coordinated_by, groups_readable_by
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def visible_experiments(reader: Reader) -> QuerySet[Experiment]:
    """Return the cards that the reader opens. Row security says the same.

    Those of their companies, those that they wrote as coordinator, those told to a group that they read, and
    those told to a network of which they are a part.
    """
    person = as_person(reader)
    if person is None:
        return Experiment.objects.none()
    wide = [Audience.NETWORK, Audience.PUBLIC]
    return Experiment.objects.filter(
        Q(enterprise__in=enterprises_of(person))
        | Q(author=person, group__in=groups_coordinated_by(person))
        | (~Q(audience=Audience.OWN) & Q(group__in=groups_readable_by(person)))
        | (Q(audience__in=wide) & Q(network__in=networks_shared_with(person)))
    )


def can_begin(person: Person | None, enterprise: Enterprise, group: CoreGroup) -> bool:
    """Tell whether the person may begin an experiment of a company in a group: its own people, the coordinator."""
    if person is None or not enterprise.seats.filter(group=group, ends_on__isnull=True).exists():
        return False
    own = enterprises_of(person).filter(pk=enterprise.pk).exists() and takes_part(person, group)
    return own or can_coordinate(person, group)


def can_write(person: Person | None, experiment: Experiment) -> bool:
    """Tell whether the person changes the card and says what came of it: the company's people, its writer."""
    if person is None:
        return False
    if enterprises_of(person).filter(pk=experiment.enterprise_id).exists():
        return True
    return experiment.author_id == person.pk and _coordinates(person, experiment)


def can_widen(person: Person | None, experiment: Experiment) -> bool:
    """Tell whether the person may tell the experiment to more people: its author alone."""
    return person is not None and experiment.author_id == person.pk and can_write(person, experiment)


def can_copy(person: Person | None) -> bool:
    """Tell whether the person has a company and a group in which to try something too."""
    return person is not None and bool(places_of(person))


def _coordinates(person: Person, experiment: Experiment) -> bool:
    return experiment.group is not None and can_coordinate(person, experiment.group)
