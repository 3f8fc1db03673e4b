"""Introductions by double consent. Nobody learns what the other side answered unless both said yes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.kernel.jobs import defer
from ydin.networks.models import Enterprise
from ydin.networks.policies import demand
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import ConsentAsk, Introduction, Suggestion
from ydin.partnerships.policies import acts_for, can_answer_suggestion
from ydin.partnerships.queries.listings import people_of, writer_or_people
from ydin.partnerships.queries.suggestions import (
    both_said_yes,
    introductions_to_close,
    own_introductions,
    said_not_relevant,
)
from ydin.partnerships.queries.together import introducible
from ydin.partnerships.rules import (
    CONSENT_TIME,
    LONGEST_REASON,
    MOST_OPEN,
    Consent,
    IntroductionState,
    SuggestionState,
)
from ydin.people.models import Person


@transaction.atomic
def ask_introduction(*, actor: Person | None, suggestion: Suggestion) -> Introduction:
    """Ask to meet the other company. The asker says yes by asking; the other side is asked by letter.

    Raises:
        NotAllowed: the actor is of neither company.
        Refused: it has been asked, or called not relevant.

    """
    demand(allowed=can_answer_suggestion(actor, suggestion))
    assert actor is not None
    changed = Suggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.SHOWN).update(
        state=SuggestionState.ASKED
    )
    if not changed or Introduction.objects.filter(suggestion=suggestion).exists():
        raise Refused(_("This suggestion has been answered already."))
    introduction = Introduction.objects.create(
        suggestion=suggestion,
        need_company_id=suggestion.need_company_id,
        offer_company_id=suggestion.offer_company_id,
        asker=actor,
        ends_at=now() + CONSENT_TIME,
    )
    ConsentAsk(
        introduction=introduction,
        enterprise_id=_side_of(actor, suggestion),
        person=actor,
        answer=Consent.YES,
        answered_at=now(),
    ).save(force_insert=True)
    record(actor=actor, action="introduction.asked", target=introduction)
    defer("partnerships.ask_other_side", introduction_id=introduction.pk)
    return introduction


def _side_of(person: Person, suggestion: Suggestion) -> int:
    if acts_for(person, suggestion.need_company_id):
        return suggestion.need_company_id
    return suggestion.offer_company_id


@transaction.atomic
def introduce_others(
    *, actor: Person | None, one: Enterprise, other: Enterprise, reason: str
) -> Introduction:
    """Bring two other companies together: each is asked separately, and reads who thought so and why.

    Raises:
        NotAllowed: the actor may not name one of the two, or acts for one of them.
        Refused: no reason is given, it is the same company, or too many wait for an answer.

    """
    demand(allowed=actor is not None)
    assert actor is not None
    words = " ".join(reason.split())
    _check_pair(actor, one, other, words)
    introduction = Introduction.objects.create(
        need_company=one,
        offer_company=other,
        asker=actor,
        reason=words,
        ends_at=now() + CONSENT_TIME,
    )
    record(actor=actor, action="introduction.offered", target=introduction)
    defer("partnerships.ask_other_side", introduction_id=introduction.pk)
    return introduction


def _check_pair(actor: Person, one: Enterprise, other: Enterprise, words: str) -> None:
    known = {company.pk for company in introducible(actor)}
    demand(allowed={one.pk, other.pk} <= known)
    if one.pk == other.pk:
        raise Refused(_("Choose two different companies."))
    if not words or len(words) > LONGEST_REASON:
        raise Refused(_("Write in a sentence or two why they should meet."))
    waiting = own_introductions(actor).filter(state=IntroductionState.OPEN)
    if waiting.filter(need_company__in=[one, other], offer_company__in=[one, other]).exists():
        raise Refused(_("You have asked these two already. They have two weeks."))
    if waiting.count() >= MOST_OPEN:
        raise Refused(_("Wait for the answers to what you have asked first."))


@transaction.atomic
def ask_other_side(*, actor: None, introduction_id: int) -> None:
    """Ask each side that has not been asked yet, by letter in its language; running it twice asks once.

    Who called just this not relevant is not asked again: that, too, is a kind no, and told nobody.
    """
    introduction = _locked(introduction_id)
    asked = set(ConsentAsk.objects.filter(introduction=introduction).values_list("enterprise_id", flat=True))
    asked |= said_not_relevant(introduction)
    for company, person in _to_ask(introduction):
        if company in asked:
            continue
        asked.add(company)
        ask = ConsentAsk(introduction=introduction, enterprise_id=company, person=person)
        ask.save(force_insert=True)
        post(actor=actor, letter=emails.consent_asked(introduction, ask))


def _to_ask(introduction: Introduction) -> list[tuple[int, Person]]:
    """Return (company, person) for both sides: the writer of the words, else the first who acts for it."""
    suggestion = introduction.suggestion
    if suggestion is not None:
        listings = (suggestion.need, suggestion.offer)
        return [(one.enterprise_id, person) for one in listings for person in writer_or_people(one)[:1]]
    companies = (introduction.need_company_id, introduction.offer_company_id)
    return [
        (company, person)
        for company in companies
        for person in [one for one in people_of(company) if one.pk != introduction.asker_id][:1]
    ]


@transaction.atomic
def answer_introduction(*, actor: Person | None, ask: ConsentAsk, answer: str) -> None:
    """Say yes or no, or change one's mind while nothing is settled.

    Raises:
        NotAllowed: the actor is not the one who was asked.
        Refused: the introduction is over.

    """
    demand(allowed=actor is not None and actor.pk == ask.person_id and acts_for(actor, ask.enterprise_id))
    introduction = Introduction.objects.get(pk=ask.introduction_id)
    if introduction.state != IntroductionState.OPEN or introduction.ends_at <= now():
        raise Refused(_("This is settled already."))
    ConsentAsk.objects.filter(pk=ask.pk).update(answer=answer, answered_at=now())
    record(actor=actor, action="introduction.answered", target=ask)
    defer("partnerships.settle", introduction_id=introduction.pk)


@transaction.atomic
def settle_introduction(*, actor: None, introduction_id: int) -> bool:
    """Share the contact details when both have said yes; returns whether they were introduced now.

    A no settles nothing before the time is over, so that its moment tells nobody whose it was.
    """
    introduction = _locked(introduction_id)
    if introduction.state != IntroductionState.OPEN or not both_said_yes(introduction):
        return False
    introduction.state, introduction.settled_at = IntroductionState.MET, now()
    introduction.save(update_fields=["state", "settled_at"])
    one, other = ConsentAsk.objects.filter(introduction=introduction).select_related("person", "enterprise")
    post(actor=actor, letter=emails.introduced(introduction, one, other))
    post(actor=actor, letter=emails.introduced(introduction, other, one))
    if introduction.suggestion_id is None:
        post(actor=actor, letter=emails.they_met(introduction))
    record(actor=actor, action="introduction.settled", target=introduction)
    return True


@transaction.atomic
def close_introductions(*, actor: None) -> int:
    """End what was not settled in its time; the asker hears the same words whatever was answered."""
    over = introductions_to_close(now())
    for introduction in over:
        introduction.state, introduction.settled_at = IntroductionState.CLOSED, now()
        introduction.save(update_fields=["state", "settled_at"])
        post(actor=actor, letter=emails.not_this_time(introduction))
        record(actor=actor, action="introduction.settled", target=introduction)
    return len(over)


def _locked(pk: int) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",))
    together = (
        "suggestion__need__enterprise",
        "suggestion__offer__enterprise",
        "suggestion__need_company",
        "suggestion__offer_company",
        "need_company",
        "offer_company",
        "asker",
    )
    return rows.select_related(*together).get(pk=pk)
