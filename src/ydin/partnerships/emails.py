"""Letters about offers, needs, introductions and collaborations, each in its receiver's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import translation

from ydin.meetings.models import Meeting
from ydin.outbox.emails import Letter, absolute, compose
from ydin.partnerships.documents.links import (
    confirm_path,
    desk_path,
    introduction_path,
    listing_path,
    suggestion_path,
)
from ydin.partnerships.documents.reasons import reasons_for
from ydin.partnerships.models import Collaboration, ConsentAsk, Introduction, Listing, Suggestion
from ydin.partnerships.queries.suggestions import card_of
from ydin.people.models import Person
from ydin.people.rules import MailKind


def lapsing(listing: Listing, person: Person) -> Letter:
    """Return the question whether an offer or a need still holds."""
    return compose(
        template="partnerships/email/lapsing",
        person=person,
        context={
            "listing": listing,
            "group": listing.group,
            "company": listing.enterprise.name,
            "url": absolute(listing_path(listing, person)),
        },
        optional=MailKind.NEWS,
        thread=f"listing:{listing.pk}",
        once=f"partnerships.lapsing:{listing.pk}:{listing.valid_until}:{person.pk}",
    )


def after_round(meeting: Meeting, person: Person, said: Sequence[Listing]) -> Letter:
    """Return the letter of the morning after: what was written down of the round, and where to say more."""
    return compose(
        template="partnerships/email/after_round",
        person=person,
        context={
            "group": meeting.group,
            "day": meeting.starts_at,
            "items": [
                {"listing": one, "company": one.enterprise.name, "url": absolute(listing_path(one, person))}
                for one in said
            ],
            "url": absolute(desk_path(meeting.group, person)),
        },
        optional=MailKind.NEWS,
        thread=f"round:{meeting.pk}",
        once=f"partnerships.after_round:{meeting.pk}:{person.pk}",
    )


def suggested(person: Person, found: Sequence[tuple[Suggestion, int]], week: date) -> Letter:
    """Return the letter that tells of new matches; `found` are (suggestion, the person's own company)."""
    with translation.override(person.language):
        items = [
            {
                "other": (one.offer_company if own == one.need_company_id else one.need_company).name,
                "reasons": reasons_for(one, own, person.language),
                "url": absolute(suggestion_path(one, person)),
            }
            for one, own in found
        ]
    return compose(
        template="partnerships/email/suggested",
        person=person,
        context={"items": items, "first": items[0]["other"]},
        optional=MailKind.NEWS,
        once=f"partnerships.suggested:{person.pk}:{week}",
    )


def consent_asked(introduction: Introduction, ask: ConsentAsk) -> Letter:
    """Return the question to one side whether they would like to be introduced, with the reasons."""
    person, suggestion = ask.person, introduction.suggestion
    is_need = ask.enterprise_id == introduction.need_company_id
    other = introduction.offer_company if is_need else introduction.need_company
    with translation.override(person.language):
        reasons = reasons_for(suggestion, ask.enterprise_id, person.language) if suggestion else []
    said = (suggestion.offer if is_need else suggestion.need).text if suggestion else ""
    return compose(
        template="partnerships/email/consent_asked",
        person=person,
        context={
            "other": other.name,
            "said": said,
            "by": "" if suggestion else str(introduction.asker),
            "reason": introduction.reason,
            "reasons": reasons,
            "until": introduction.ends_at,
            "url": absolute(introduction_path(introduction, person)),
        },
        thread=f"introduction:{introduction.pk}",
        once=f"partnerships.consent:{ask.pk}",
    )


def introduced(introduction: Introduction, to: ConsentAsk, other: ConsentAsk) -> Letter:
    """Return the letter with the other side's contact details, written when both have said yes."""
    card = card_of(other)
    return compose(
        template="partnerships/email/introduced",
        person=to.person,
        context={
            "company": other.enterprise.name,
            "name": str(other.person),
            "email": (card.email if card else "") or other.person.email,
            "phone": card.phone if card else "",
            "by": "" if introduction.suggestion_id else str(introduction.asker),
        },
        reply_to=other.person.email,
        thread=f"introduction:{introduction.pk}",
        once=f"partnerships.introduced:{to.pk}",
    )


def they_met(introduction: Introduction) -> Letter:
    """Return the thanks to whoever brought two companies together, written when both have said yes."""
    return compose(
        template="partnerships/email/they_met",
        person=introduction.asker,
        context={"one": introduction.need_company.name, "other": introduction.offer_company.name},
        thread=f"introduction:{introduction.pk}",
        once=f"partnerships.they_met:{introduction.pk}",
    )


def not_this_time(introduction: Introduction) -> Letter:
    """Return what the asker is told when the time is over: the same words whatever anybody answered."""
    asker = introduction.asker
    return compose(
        template="partnerships/email/not_this_time",
        person=asker,
        context={
            "one": introduction.need_company.name,
            "other": introduction.offer_company.name,
            "url": absolute(reverse("partnerships:market")),
        },
        thread=f"introduction:{introduction.pk}",
        once=f"partnerships.not_this_time:{introduction.pk}",
    )


def confirm_asked(collaboration: Collaboration, person: Person) -> Letter:
    """Return the question to the other company whether the two work together."""
    return compose(
        template="partnerships/email/confirm_asked",
        person=person,
        context={
            "collaboration": collaboration,
            "company": collaboration.one.name,
            "url": absolute(confirm_path(collaboration, person)),
        },
        thread=f"collaboration:{collaboration.pk}",
        once=f"partnerships.confirm:{collaboration.pk}:{person.pk}",
    )


def thanks(collaboration: Collaboration, helper: Person) -> Letter:
    """Return the thanks to whoever brought the two companies together; no value is in it."""
    return compose(
        template="partnerships/email/thanks",
        person=helper,
        context={
            "collaboration": collaboration,
            "one": collaboration.one.name,
            "other": collaboration.other.name,
        },
        thread=f"collaboration:{collaboration.pk}",
        once=f"partnerships.thanks:{collaboration.pk}",
    )
