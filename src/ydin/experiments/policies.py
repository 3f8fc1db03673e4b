"""Who sees and may do what with experiments."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.experiments.models import Experiment
from ydin.experiments.queries import groups_hosted_by, networks_shared_with, places_of
from ydin.experiments.rules.card import WIDTH, Audience
from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate, takes_part
from ydin.groups.queries import groups_coordinated_by, groups_read_by, groups_readable_by
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def visible_experiments(reader: Reader) -> QuerySet[Experiment]:
    """Return the cards that the reader opens. Row security says the same.

    Those of their companies, those that they wrote as coordinator or for their group as one, those of groups that
    they coordinate, those told to a group that they read, and those told to a network of which they are a part.
    """
    person = as_person(reader)
    if person is None:
        return Experiment.objects.none()
    wide = [Audience.NETWORK, Audience.PUBLIC]
    return Experiment.objects.filter(
        Q(enterprise__in=enterprises_of(person))
        | Q(author=person, group__in=groups_coordinated_by(person))
        | (Q(enterprise=None) & _answers_for_group(person))
        | (~Q(audience=Audience.OWN) & Q(group__in=groups_readable_by(person)))
        | (Q(audience__in=wide) & Q(network__in=networks_shared_with(person)))
    )


def _answers_for_group(person: Person) -> Q:
    """Return the condition of what a group tries as one, for those who answer for it: coordinators, the author."""
    return Q(group__in=groups_coordinated_by(person)) | Q(author=person, group__in=groups_read_by(person))


def can_begin(person: Person | None, enterprise: Enterprise | None, group: CoreGroup) -> bool:
    """Tell whether the person may begin an experiment.

    Of a company in the group: its own people, the group's coordinator. Of the group as one (no company): its
    coordinator, and the host of the month.
    """
    if person is None:
        return False
    if enterprise is None:
        return can_coordinate(person, group) or groups_hosted_by(person).filter(pk=group.pk).exists()
    if not enterprise.seats.filter(group=group, ends_on__isnull=True).exists():
        return False
    own = enterprises_of(person).filter(pk=enterprise.pk).exists() and takes_part(person, group)
    return own or can_coordinate(person, group)


def can_write(person: Person | None, experiment: Experiment) -> bool:
    """Tell whether the person may change an experiment: who acts for the company, or wrote it as its coordinator.

    What a group tries as one: its coordinators, and the author while they take part in the group.
    """
    if person is None:
        return False
    if experiment.enterprise_id is None:
        found = Experiment.objects.filter(_answers_for_group(person), pk=experiment.pk, enterprise=None)
        return found.exists()
    if enterprises_of(person).filter(pk=experiment.enterprise_id).exists():
        return True
    return experiment.author_id == person.pk and _coordinates(person, experiment)


def can_follow(person: Person | None, experiment: Experiment, enterprise: Enterprise) -> bool:
    """Tell whether the person may say that a company goes along: their own, with what they read of others."""
    if person is None or experiment.enterprise_id == enterprise.pk:
        return False
    acts = enterprises_of(person).filter(pk=enterprise.pk).exists()
    return acts and visible_experiments(person).filter(pk=experiment.pk).exists()


def can_widen(person: Person | None, experiment: Experiment) -> bool:
    """Tell whether the person may tell the experiment to more people: its author alone."""
    return person is not None and experiment.author_id == person.pk and can_write(person, experiment)


def may_tell(person: Person | None, experiment: Experiment, audience: str) -> bool:
    """Tell whether the person may give it this audience: fewer readers by whoever writes it, more by its author."""
    if WIDTH[Audience(audience)] > WIDTH[Audience(experiment.audience)]:
        return can_widen(person, experiment)
    return person is not None and can_write(person, experiment)


def can_copy(person: Person | None) -> bool:
    """Tell whether the person has a company and a group in which to try something too."""
    return person is not None and bool(places_of(person))


def _coordinates(person: Person, experiment: Experiment) -> bool:
    return experiment.group is not None and can_coordinate(person, experiment.group)
