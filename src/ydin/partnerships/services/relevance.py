"""Not relevant, says one company: it is told nobody, teaches what is suggested next, and can be taken back."""

from __future__ import annotations

from django.db import transaction

from ydin.audit.services import record
from ydin.networks.policies import demand
from ydin.partnerships.models import NotRelevant, Suggestion
from ydin.partnerships.policies import acts_for, can_answer_suggestion
from ydin.partnerships.services.listings import read_soon
from ydin.people.models import Person


@transaction.atomic
def dismiss_suggestion(*, actor: Person | None, suggestion: Suggestion) -> None:
    """Say that a suggestion is not relevant.

    The own people don't see it any more. For the other company nothing changes before the suggestions are reckoned
    anew, when others go as well.
    """
    demand(allowed=can_answer_suggestion(actor, suggestion))
    for company in (suggestion.need_company_id, suggestion.offer_company_id):
        if not acts_for(actor, company):
            continue
        _said, is_new = NotRelevant.objects.get_or_create(
            need_id=suggestion.need_id,
            offer_id=suggestion.offer_id,
            enterprise_id=company,
            defaults={"network_id": suggestion.network_id},
        )
        if is_new:
            record(actor=actor, action="suggestion.dismissed", target=suggestion)


@transaction.atomic
def take_back_dismissal(*, actor: Person | None, said: NotRelevant) -> None:
    """Let a suggestion come again that was called not relevant: at once, or when they are reckoned next."""
    demand(allowed=acts_for(actor, said.enterprise_id))
    record(actor=actor, action="suggestion.restored", target=said)
    need = said.need
    said.delete()
    read_soon(need)
