"""The host's and coordinator's answer to somebody who asked for another time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ydin.meetings.services.replies_proposals import keep_time
from ydin.meetings.views.answers_host import SEE_OTHER, prepared


@require_POST
@prepared
def proposal_keep(request: HttpRequest, meeting: Any, person: Any, proposal: int) -> HttpResponse:
    """Keep the time; whoever asked gets a letter."""
    kept = keep_time(actor=person, meeting=meeting, proposal_id=proposal)
    messages.success(request, _("The time stays. %(name)s gets a letter.") % {"name": kept.person})
    return HttpResponse(status=SEE_OTHER, headers={"Location": reverse("meetings:answers", args=[meeting.pk])})
