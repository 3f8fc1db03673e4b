"""Suggested matches and introductions: what a page shows, and what the job reckons with."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ydin.networks.models import ContactCard, Enterprise
from ydin.networks.queries import enterprises_of, utc_today
from ydin.partnerships.models import ConsentAsk, Introduction, Listing, NotRelevant, Suggestion
from ydin.partnerships.queries.listings import that_hold
from ydin.partnerships.rules import Consent, IntroductionState, ListingState, SuggestionState
from ydin.people.models import Person


def suggestions_of(person: Person) -> QuerySet[Suggestion]:
    """Return the suggestions in which a company of the person takes part, with both listings, best first."""
    mine = enterprises_of(person)
    return (
        Suggestion.objects.filter(Q(need_company__in=mine) | Q(offer_company__in=mine))
        .select_related("need__group__network", "offer__group__network", "need_company", "offer_company")
        .order_by("-score", "pk")
    )


def not_called_off_by(person: Person, suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Leave out what the person's own companies called not relevant; what the others called so nobody learns."""
    said = NotRelevant.objects.filter(
        need=OuterRef("need_id"), offer=OuterRef("offer_id"), enterprise__in=enterprises_of(person)
    )
    return suggestions.filter(~Exists(said))


def called_off(person: Person) -> QuerySet[NotRelevant]:
    """Return what the person's companies called not relevant and still could be wanted, newest first."""
    day = utc_today()
    return (
        NotRelevant.objects.filter(
            enterprise__in=enterprises_of(person),
            need__state=ListingState.OPEN,
            offer__state=ListingState.OPEN,
            need__valid_until__gte=day,
            offer__valid_until__gte=day,
        )
        .select_related("need__enterprise", "offer__enterprise", "enterprise")
        .order_by("-pk")
    )


def own_introductions(person: Person) -> QuerySet[Introduction]:
    """Return the introductions of others that the person asked for, newest first."""
    return (
        Introduction.objects.filter(asker=person, suggestion__isnull=True)
        .select_related("need_company", "offer_company", "asker")
        .order_by("-asked_at", "-pk")
    )


def shown_now(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Return those of the suggestions that nobody has answered, and whose listings both hold."""
    day = utc_today()
    return suggestions.filter(
        state=SuggestionState.SHOWN,
        need__state=ListingState.OPEN,
        offer__state=ListingState.OPEN,
        need__valid_until__gte=day,
        offer__valid_until__gte=day,
    )


def holding_in(network_id: int) -> list[Listing]:
    """Return the network's listings that hold, with their companies."""
    held = that_hold(Listing.objects.filter(network=network_id))
    return list(held.select_related("enterprise").order_by("pk"))


def suggestions_in(network_id: int) -> dict[tuple[int, int], Suggestion]:
    """Return every suggestion of the network by (need, offer)."""
    return {(one.need_id, one.offer_id): one for one in Suggestion.objects.filter(network=network_id)}


def called_off_in(network_id: int) -> list[NotRelevant]:
    """Return everything that was called not relevant in the network, with what was needed; for the worker."""
    return list(NotRelevant.objects.filter(network=network_id).select_related("need").order_by("pk"))


def seats_by_company(network_id: int) -> dict[int, set[int]]:
    """Return the groups in which each company of the network holds a seat."""
    found: dict[int, set[int]] = {}
    rows = Enterprise.objects.filter(network=network_id, seats__state__in=["member", "paused"]).values_list(
        "pk", "seats__group_id"
    )
    for company, group in rows:
        found.setdefault(company, set()).add(group)
    return found


def new_suggestions(network_id: int, since: datetime) -> list[Suggestion]:
    """Return what was suggested since then and is still shown, best first."""
    rows = shown_now(Suggestion.objects.filter(network=network_id, created_at__gte=since))
    return list(
        rows.select_related(
            "need__enterprise", "offer__enterprise", "need_company", "offer_company"
        ).order_by("-score", "pk")
    )


def own_asks(person: Person) -> QuerySet[ConsentAsk]:
    """Return what the person was asked or asked for, with the pair, newest first."""
    return (
        ConsentAsk.objects.filter(person=person)
        .select_related(
            "introduction__suggestion__need",
            "introduction__suggestion__offer",
            "introduction__suggestion__need_company",
            "introduction__suggestion__offer_company",
            "introduction__need_company",
            "introduction__offer_company",
            "introduction__asker",
            "enterprise",
            "person",
        )
        .order_by("-introduction__asked_at", "pk")
    )


def said_not_relevant(introduction: Introduction) -> set[int]:
    """Return which of the two companies called the suggestion behind an introduction not relevant; for the worker."""
    suggestion = introduction.suggestion
    if suggestion is None:
        return set()
    said = NotRelevant.objects.filter(need=suggestion.need_id, offer=suggestion.offer_id)
    return set(said.values_list("enterprise_id", flat=True))


def dismissal_of(person: Person, suggestion: Suggestion) -> NotRelevant | None:
    """Return what the person's own companies said of a suggestion, if they called it not relevant."""
    rows = NotRelevant.objects.filter(enterprise__in=enterprises_of(person)).select_related("need")
    return rows.filter(need=suggestion.need_id, offer=suggestion.offer_id).first()


def introductions_to_close(moment: datetime) -> list[Introduction]:
    """Return the introductions whose time is over."""
    rows = Introduction.objects.filter(state=IntroductionState.OPEN, ends_at__lte=moment)
    return list(rows.select_related("asker", "need_company", "offer_company").order_by("pk"))


def both_said_yes(introduction: Introduction) -> bool:
    """Tell whether both sides said yes; only the system may know."""
    answers = list(ConsentAsk.objects.filter(introduction=introduction).values_list("answer", flat=True))
    return len(answers) > 1 and all(answer == Consent.YES for answer in answers)


def card_of(ask: ConsentAsk) -> ContactCard | None:
    """Return how the person is reached in the company's affairs, as far as they wrote it down."""
    return ContactCard.objects.filter(
        representative__person=ask.person_id,
        representative__enterprise=ask.enterprise_id,
        representative__ends_on__isnull=True,
    ).first()


def networks_with_listings() -> list[int]:
    """Return the ids of the networks in which something is offered or needed, or was lately."""
    rows = Listing.objects.order_by("network_id").values_list("network_id", flat=True)
    return list(rows.distinct())
