"""Who sees and may do what with offers and needs, introductions and collaborations."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate
from ydin.groups.queries import groups_readable_by
from ydin.meetings.policies import can_make_promise
from ydin.networks.models import Network
from ydin.networks.queries import enterprises_of
from ydin.partnerships.models import Collaboration, ConsentAsk, Introduction, Listing, NotRelevant, Suggestion
from ydin.partnerships.queries.listings import partner_groups, partner_networks, people_of
from ydin.partnerships.queries.suggestions import (
    called_off,
    not_called_off_by,
    own_asks,
    own_introductions,
    shown_now,
    suggestions_of,
)
from ydin.partnerships.queries.together import introducible, own_together, together_seen_by
from ydin.partnerships.rules import Shown
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def visible_listings(reader: Reader) -> QuerySet[Listing]:
    """Return the offers and needs that the reader reads: of their groups, and the network's shared ones."""
    person = as_person(reader)
    if person is None:
        return Listing.objects.none()
    return Listing.objects.filter(
        Q(group__in=groups_readable_by(person))
        | Q(audience=Shown.NETWORK, network__in=partner_networks(person))
        | Q(enterprise__in=enterprises_of(person))
    )


def market_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups whose page of offers and needs exists for the reader."""
    person = as_person(reader)
    return CoreGroup.objects.none() if person is None else partner_groups(person)


def market_networks(reader: Reader) -> QuerySet[Network]:
    """Return the networks whose page of offers and needs exists for the reader, by name."""
    person = as_person(reader)
    return Network.objects.none() if person is None else partner_networks(person).order_by("name", "pk")


def acts_for(person: Person | None, enterprise_id: int) -> bool:
    """Tell whether the person acts for the company today."""
    return person is not None and enterprises_of(person).filter(pk=enterprise_id).exists()


def can_list_for(person: Person | None, group: CoreGroup, enterprise_id: int) -> bool:
    """Tell whether the person may write what the company offers or needs.

    Its own people; on the evening the host, and always the coordinator, who write down what is said. The same
    right as for a promise.
    """
    return can_make_promise(person, group, enterprise_id)


def can_edit_listing(person: Person | None, listing: Listing) -> bool:
    """Tell whether the person changes a listing's words: the company's own people."""
    return acts_for(person, listing.enterprise_id)


def can_widen_listing(person: Person | None, listing: Listing) -> bool:
    """Tell whether the person may show a listing to more people: its author alone.

    Where somebody else wrote down what the company said, or the author no longer acts for it: its people.
    """
    if person is None or not can_edit_listing(person, listing):
        return False
    author_is_here = any(one.pk == listing.author_id for one in people_of(listing.enterprise_id))
    return listing.author_id == person.pk or not author_is_here


def can_close_listing(person: Person | None, listing: Listing) -> bool:
    """Tell whether the person may take a listing off: the company's people, the group's coordinator."""
    return can_edit_listing(person, listing) or can_coordinate(person, listing.group)


def visible_suggestions(reader: Reader) -> QuerySet[Suggestion]:
    """Return the suggestions that concern a company of the reader, and nobody else's."""
    person = as_person(reader)
    return Suggestion.objects.none() if person is None else suggestions_of(person)


def wanted_suggestions(reader: Reader) -> QuerySet[Suggestion]:
    """Return the suggestions that concern the reader's companies, without what these called not relevant."""
    person = as_person(reader)
    if person is None:
        return Suggestion.objects.none()
    return shown_now(not_called_off_by(person, suggestions_of(person)))


def can_introduce(person: Person | None) -> bool:
    """Tell whether the person may bring two other companies together: they know at least two."""
    return person is not None and len(introducible(person)) > 1


def visible_dismissals(reader: Reader) -> QuerySet[NotRelevant]:
    """Return what the reader's companies called not relevant; the other company's people see nothing of it."""
    person = as_person(reader)
    return NotRelevant.objects.none() if person is None else called_off(person)


def visible_introductions(reader: Reader) -> QuerySet[Introduction]:
    """Return the introductions of others that the reader asked for: state and end, nobody's answer."""
    person = as_person(reader)
    return Introduction.objects.none() if person is None else own_introductions(person)


def visible_asks(reader: Reader) -> QuerySet[ConsentAsk]:
    """Return what the reader was asked, or asked for; nobody sees another one's answer."""
    person = as_person(reader)
    return ConsentAsk.objects.none() if person is None else own_asks(person)


def can_answer_suggestion(person: Person | None, suggestion: Suggestion) -> bool:
    """Tell whether the person says what becomes of a suggestion: anybody of the two companies."""
    return acts_for(person, suggestion.need_company_id) or acts_for(person, suggestion.offer_company_id)


def visible_together(reader: Reader) -> QuerySet[Collaboration]:
    """Return the collaborations whose companies the reader may know."""
    person = as_person(reader)
    return Collaboration.objects.none() if person is None else together_seen_by(person)


def own_collaborations(reader: Reader) -> QuerySet[Collaboration]:
    """Return what the reader's companies do with others."""
    person = as_person(reader)
    return Collaboration.objects.none() if person is None else own_together(person)


def can_confirm(person: Person | None, collaboration: Collaboration) -> bool:
    """Tell whether the person says whether it is so: the people of the company that did not write it down."""
    return acts_for(person, collaboration.other_id)
