"""Letters about demos and facilities. One set of templates; `step` says what has happened."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ydin.institutes.models import Assignment, Demo, Facility, Interest, RecruitName
from ydin.institutes.rules import InterestState
from ydin.kernel.links import make_token
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person

LINK = "demo"
ASSIGNMENT_LINK = "assignment"
FACILITY_LINK = "facility"
FIRST_WORDS = 200
"""So many characters of what was written stand in a letter; the rest is on the page."""


def demo_path(demo: Demo, person: Person) -> str:
    """Return the page on which the person reads the demo and acts on it without signing in."""
    return reverse("institutes:linked", args=[make_token(LINK, demo.pk, person.pk)])


def scope_path(assignment: Assignment, person: Person) -> str:
    """Return the page on which the person asks for a demo without signing in."""
    token = make_token(ASSIGNMENT_LINK, assignment.pk, person.pk)
    return reverse("institutes:linked_scope", args=[token])


def facility_path(facility: Facility, person: Person) -> str:
    """Return the page on which the person says without signing in that the company would like to try it."""
    return reverse("institutes:linked_facility", args=[make_token(FACILITY_LINK, facility.pk, person.pk)])


def demo_letter(demo: Demo, person: Person, step: str, *, by: Person | None) -> Letter:
    """Tell one person of either side what happened to a demo.

    Args:
        demo: with assignment, institute, enterprise and network.
        person: the receiver, who may read the demo.
        step: asked, answered, more, declined, taken, team, delivered, assessed, withdrawn or name.
        by: who did it; answers go there.

    """
    return compose(
        template="institutes/email/demo",
        person=person,
        context={
            "step": step,
            "company": demo.enterprise.name,
            "theme": demo.assignment.title,
            "institute": demo.institute.name,
            "network": demo.network.name,
            "words": _words(demo, step),
            "link": absolute(demo_path(demo, person)),
        },
        reply_to=by.email if by is not None and by.pk != person.pk else "",
        thread=f"demo:{demo.pk}",
    )


def _words(demo: Demo, step: str) -> str:
    """Return what was written to this side, cut short; never the scope itself, which is confidential."""
    text = demo.answer if step in {"more", "declined", "taken"} else ""
    return text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS].rstrip()}…"


def name_letter(name: RecruitName, demo: Demo, *, by: Person | None) -> Letter:
    """Ask a student whether their name may be shown beside what the company recorded."""
    return demo_letter(demo, name.person, "name", by=by)


def interest_asked(interest: Interest, person: Person) -> Letter:
    """Tell an institute that a company would like to try a facility, with the contact that it shares."""
    asker = interest.asker
    return compose(
        template="institutes/email/interest_asked",
        person=person,
        context={
            **_of_interest(interest, interest.facility),
            "wish": interest.wish,
            "contact": interest.contact,
            "link": absolute(reverse("institutes:work")),
        },
        reply_to=asker.email if asker is not None else "",
        thread=f"facility-interest:{interest.pk}",
    )


def interest_answered(interest: Interest, person: Person) -> Letter:
    """Tell a company what the institute says."""
    by = interest.answered_by
    return compose(
        template="institutes/email/interest_answered",
        person=person,
        context={
            **_of_interest(interest, interest.facility),
            "is_agreed": interest.state == InterestState.AGREED,
            "answer": interest.answer,
            "link": absolute(facility_path(interest.facility, person)),
        },
        reply_to=by.email if by is not None else "",
        thread=f"facility-interest:{interest.pk}",
    )


def _of_interest(interest: Interest, facility: Facility) -> dict[str, Any]:
    return {
        "company": interest.enterprise.name,
        "facility": facility.title,
        "institute": facility.institute.name,
        "how_to_ask": facility.how_to_ask,
    }
