"""A person's own answer: by personal link without sign-in, or signed in. A link never acts on GET."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.acting import acting_as
from ydin.kernel.errors import NotAllowed, Refused
from ydin.kernel.links import BadLink, read_token
from ydin.meetings.documents.ical import vcalendar
from ydin.meetings.documents.ical_meeting import meeting_event, practicalities, where_line
from ydin.meetings.forms.answers import AnswerForm
from ydin.meetings.policies import find_meeting, visible_meetings
from ydin.meetings.queries.answers import invitation_of, meeting_of_link
from ydin.meetings.queries.answers_box import AnswerBox, answer_box
from ydin.meetings.services.answers import answer_by_link, answer_meeting
from ydin.people.policies import as_person
from ydin.people.views.links import bad_link, by_link

SEE_OTHER, UNPROCESSABLE = 303, 422


def _of_link(_person: Any, pk: int) -> Any:
    return meeting_of_link(pk)


linked = by_link("answer", _of_link)


@require_safe
@linked
def answer(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Show the invitation and what the person answered."""
    return _answer_page(request, token, meeting, person)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@transaction.non_atomic_requests
@require_POST
def answer_send(request: HttpRequest, token: str) -> HttpResponse:
    """Record the answer. The service's own transaction holds the meeting's lock only while it counts."""
    form = AnswerForm(request.POST)
    try:
        meeting_id, person_id = read_token("answer", token, 2)
        if form.is_valid():
            with acting_as(person_id):
                answer_by_link(
                    actor=None,
                    meeting_id=meeting_id,
                    person_id=person_id,
                    answer=form.cleaned_data["answer"],
                    **form.details(),
                )
            return _see_other(reverse("meetings:answer", args=[token]))
    except Refused:
        return _say_why(request, token)
    except (BadLink, NotAllowed):
        return bad_link(request)
    return _say_why(request, token)


@linked
def _say_why(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Show the page again with what was typed, and why it was refused, in the person's language."""
    form, problem = AnswerForm(request.POST), ""
    if form.is_valid():
        try:
            answer_meeting(
                actor=person,
                meeting=meeting,
                person=person,
                answer=form.cleaned_data["answer"],
                **form.details(),
            )
        except Refused as refused:
            problem = str(refused)
        else:
            return _see_other(reverse("meetings:answer", args=[token]))
    with transaction.atomic():
        return _answer_page(request, token, meeting, person, form=form, problem=problem, status=UNPROCESSABLE)


@require_safe
@linked
def answer_calendar(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Give the evening as a calendar file."""
    if invitation_of(meeting, person.pk) is None:
        return bad_link(request)
    url = request.build_absolute_uri(reverse("meetings:answer", args=[token]))
    return _calendar_file(meeting, url)


@login_required
@require_POST
def answer_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the answer of the signed-in person."""
    person = as_person(request.user)
    assert person is not None
    meeting = get_object_or_404(visible_meetings(person).select_related("group__network", "host"), pk=pk)
    if invitation_of(meeting, person.pk) is None:
        raise NotAllowed(_("Only those who are invited can answer."))
    form, problem = AnswerForm(request.POST), ""
    if form.is_valid():
        try:
            answer_meeting(
                actor=person,
                meeting=meeting,
                person=person,
                answer=form.cleaned_data["answer"],
                **form.details(),
            )
        except Refused as refused:
            problem = str(refused)
        else:
            return _see_other(reverse("meetings:meeting", args=[pk]))
    action = reverse("meetings:answer_own", args=[pk])
    context = answer_context(meeting, person, action=action, needs_csrf=True, form=form, problem=problem)
    return _render_page(request, meeting, context, status=UNPROCESSABLE)


@require_safe
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a visible evening as a calendar file, with its street address to those who may know it."""
    found = find_meeting(request.user, pk)
    if found is None:
        raise Http404
    meeting, place = found
    url = request.build_absolute_uri(reverse("meetings:meeting", args=[pk]))
    return _calendar_file(meeting, url, inside=place.is_inside)


def answer_context(
    meeting: Any,
    person: Any,
    *,
    action: str,
    needs_csrf: bool,
    form: AnswerForm | None = None,
    problem: str = "",
) -> dict[str, Any]:
    """Return what `meetings/answers/_answer_box.html` needs; `box` is None when the person is not invited.

    Args:
        meeting: with group loaded.
        person: the acting person (row security must know them).
        action: where the answer is posted.
        needs_csrf: True on pages of signed-in people.
        form: what was typed, when it comes back.
        problem: why the answer was refused.

    """
    box = answer_box(meeting, person)
    touched = _touched(form)
    fresh = AnswerForm(initial=_as_answered(box.rsvp) if box else {})
    for shown in filter(None, (fresh, form)):
        shown.fields["substitute_name"].required = True  # so the page says; what is sent has been checked
    return {
        "box": box,
        "action": action,
        "needs_csrf": needs_csrf,
        "substitute_form": form if touched == "substitute" else fresh,
        "guest_form": form if touched == "guest" else fresh,
        "touched": touched,
        "problem": problem,
    }


def _touched(form: AnswerForm | None) -> str:
    """Return which folded part was sent and comes back with errors: substitute, guest or nothing."""
    if form is None or form.is_valid():
        return ""
    return "substitute" if "substitute_email" in form.data else "guest"


def _as_answered(rsvp: Any) -> dict[str, str]:
    names = ("guest_name", "substitute_name", "substitute_email", "comment")
    return {name: getattr(rsvp, name) for name in names}


def _answer_page(
    request: HttpRequest, token: str, meeting: Any, person: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    action = reverse("meetings:answer_send", args=[token])
    with timezone.override(ZoneInfo(person.time_zone)):
        context = answer_context(meeting, person, action=action, needs_csrf=False, **more)
        if context["box"] is None:
            return bad_link(request)
        context["calendar_url"] = reverse("meetings:answer_calendar", args=[token])
        return _render_page(request, meeting, context, status=status)


def _render_page(request: HttpRequest, meeting: Any, context: dict[str, Any], *, status: int) -> HttpResponse:
    box: AnswerBox = context["box"]
    calendar = reverse("meetings:meeting_calendar", args=[meeting.pk])
    full = {
        "calendar_url": calendar,
        **context,
        "meeting": meeting,
        "group": meeting.group,
        "host": meeting.host.name if meeting.host else "",
        "where": where_line(meeting),
        "practicalities": practicalities(meeting),
        "person": box.rsvp.person,
    }
    return render(request, "meetings/answers/answer.html", full, status=status)


def _calendar_file(meeting: Any, url: str, *, inside: bool = True) -> HttpResponse:
    response = HttpResponse(
        vcalendar([meeting_event(meeting, url=url, inside=inside)]),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="ydin-{meeting.pk}.ics"'
    return response


def _see_other(path: str) -> HttpResponse:
    return HttpResponse(status=SEE_OTHER, headers={"Location": path})
