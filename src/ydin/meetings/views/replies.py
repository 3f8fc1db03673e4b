"""What host and coordinator do with one person's invitation: keep the time they want changed, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ydin.meetings.queries.answers import invitation_of
from ydin.meetings.services.announce_withdraw import withdraw_invitation
from ydin.meetings.services.replies_proposals import keep_time
from ydin.meetings.views.answers_host import SEE_OTHER, prepared
from ydin.people.policies import find_person


@require_POST
@prepared
def proposal_keep(request: HttpRequest, meeting: Any, person: Any, proposal: int) -> HttpResponse:
    """Keep the time; whoever asked gets a letter."""
    kept = keep_time(actor=person, meeting=meeting, proposal_id=proposal)
    messages.success(request, _("The time stays. %(name)s gets a letter.") % {"name": kept.person})
    return _to_answers(meeting)


@require_POST
@prepared
def answers_withdraw(request: HttpRequest, meeting: Any, person: Any, person_pk: int) -> HttpResponse:
    """Take back one invitation; the person gets a letter that clears their calendar."""
    invited, version = find_person(person_pk), request.POST.get("version", "")
    if invited is None or invitation_of(meeting, person_pk) is None:
        raise Http404
    withdraw_invitation(
        actor=person, meeting=meeting, person=invited, version=int(version) if version.isdecimal() else None
    )
    messages.success(request, _("The invitation of %(name)s is taken back.") % {"name": invited})
    return _to_answers(meeting)


def _to_answers(meeting: Any) -> HttpResponse:
    return HttpResponse(
        status=SEE_OTHER, headers={"Location": reverse("meetings:answers", args=[meeting.pk])}
    )
