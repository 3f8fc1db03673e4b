"""The host's and coordinator's pages: who comes, announce, change, cancel."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.documents.audience import audience_change, seen_now
from ydin.meetings.emails.answers import changes_told, preview
from ydin.meetings.forms.answers import (
    AnnounceForm,
    CancelForm,
    ChangeForm,
    RecordedAnswerForm,
    change_values,
    wider_audiences,
)
from ydin.meetings.policies import can_prepare, may_widen, visible_meetings
from ydin.meetings.queries.answers_lists import answer_list, receivers
from ydin.meetings.queries.replies import open_proposals
from ydin.meetings.rules.states import MeetingState
from ydin.meetings.services.announce import (
    announce_meeting,
    cancel_meeting,
    change_meeting,
    missing_words,
    revive_meeting,
)
from ydin.meetings.services.announce_audience import ask_host_to_widen
from ydin.meetings.services.answers import answer_meeting
from ydin.people.policies import as_person, find_person
from ydin.ui.audience import ask_first, thought_again

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422


def prepared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Load the meeting for its host or coordinator: strangers get 404, other readers 403."""

    @wraps(view)
    @login_required
    def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        person = as_person(request.user)
        rows = visible_meetings(person).select_related("group__network", "host")
        meeting = get_object_or_404(rows, pk=pk)
        if not can_prepare(person, meeting):
            raise PermissionDenied
        return view(request, meeting, person, **more)

    return opened


@require_safe
@prepared
def answers(request: HttpRequest, meeting: Any, person: Any) -> HttpResponse:
    """Show who comes, who does not, and who has not answered."""
    del person
    return _answers_page(request, meeting)


def _answers_page(
    request: HttpRequest, meeting: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "list": answer_list(meeting),
        "proposals": open_proposals(meeting) if meeting.state == MeetingState.ANNOUNCED else [],
        "problem": problem,
    }
    return render(request, "meetings/answers/answers.html", context, status=status)


@require_POST
@prepared
def answers_record(request: HttpRequest, meeting: Any, person: Any, person_pk: int) -> HttpResponse:
    """Write down an answer for somebody who told it by phone."""
    invited = find_person(person_pk)
    form = RecordedAnswerForm(request.POST)
    if invited is None:
        raise Http404
    if not form.is_valid():
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _answers_page(request, meeting, problem=problem, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        answer_meeting(
            actor=person,
            meeting=meeting,
            person=invited,
            answer=data["answer"],
            version=data["version"],
            **form.details(),
        )
    except NotAllowed as error:
        raise Http404 from error
    except Refused as refused:
        return _answers_page(request, meeting, problem=str(refused), status=UNPROCESSABLE)
    except Conflict as conflict:
        return _answers_page(request, meeting, problem=str(conflict), status=CONFLICT)
    messages.success(request, _("Written down for %(name)s.") % {"name": invited})
    return _see_other(reverse("meetings:answers", args=[meeting.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@prepared
def announce(request: HttpRequest, meeting: Any, person: Any) -> HttpResponse:
    """Show the invitation and how many get it (GET); send it (POST)."""
    form = AnnounceForm(request.POST or None, initial={"version": meeting.version})
    problem, status = "", 200
    if request.method == "POST":
        problem, status = _tried(
            form,
            lambda: announce_meeting(actor=person, meeting=meeting, version=form.cleaned_data["version"]),
        )
        if not status:
            messages.success(request, _("The invitations are on their way."))
            return _see_other(reverse("meetings:answers", args=[meeting.pk]))
        meeting = visible_meetings(person).select_related("group__network", "host").get(pk=meeting.pk)
    missing = missing_words(meeting)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "form": AnnounceForm(initial={"version": meeting.version}),
        "problem": problem,
        "missing": missing,
        "letter": None if missing else preview(meeting, person),
        "receivers": receivers(meeting),
        "can_send": meeting.state == "draft" and not missing,
        "seen": seen_now(meeting),
    }
    return render(request, "meetings/answers/announce.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@prepared
def change(request: HttpRequest, meeting: Any, person: Any) -> HttpResponse:
    """Change time, place and the rest; everybody invited is told what changed."""
    given = request.POST if request.method == "POST" else None
    form = ChangeForm(given, initial=_initial(request, meeting), time_zone=meeting.time_zone)
    problem, status, differences = "", 200, []
    if request.method == "POST" and not thought_again(request):
        question = _audience_question(request, form, meeting, person)
        if question is not None:
            return question
        problem, status = _tried(
            form,
            lambda: change_meeting(
                actor=person,
                meeting=meeting,
                changes=form.changes(),
                version=form.cleaned_data["version"],
            ),
        )
        if not status:
            messages.success(request, _saved_words(meeting))
            return _see_other(reverse("meetings:answers", args=[meeting.pk]))
        if status == CONFLICT:
            differences = _differences(meeting, form.changes())
            form = _with_version(form, meeting)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "problem": problem,
        "differences": differences,
        "told": meeting.state == "announced",
        "seen": seen_now(meeting),
        "wider": [] if may_widen(person, meeting) else wider_audiences(meeting.audience),
    }
    return render(request, "meetings/answers/change.html", context, status=status or 200)


def _initial(request: HttpRequest, meeting: Any) -> dict[str, Any]:
    """Return what the form begins with; a link brings the audience, or the time, that somebody asks for."""
    asked = request.GET.get("audience", "")
    known = {value for value, _words in wider_audiences(meeting.audience)}
    values = {**change_values(meeting), **({"audience": asked} if asked in known else {})}
    wanted = request.GET.get("proposal", "")
    if wanted.isdecimal():
        for proposal in open_proposals(meeting):
            if str(proposal.pk) == wanted:
                meeting = copy(meeting)
                meeting.starts_at, meeting.ends_at = proposal.starts_at, proposal.ends_at
                moved = change_values(meeting)
                values |= {name: moved[name] for name in ("day", "starts", "ends")}
    return values


def _audience_question(
    request: HttpRequest, form: ChangeForm, meeting: Any, person: Any
) -> HttpResponse | None:
    """Return the page that says what another audience means, unless it was seen or is not theirs to widen."""
    if not form.is_valid():
        return None
    audience = form.cleaned_data["audience"]
    is_wider = audience in {value for value, _words in wider_audiences(meeting.audience)}
    if is_wider and not may_widen(person, meeting):
        form.add_error("audience", _("Only the host can show the evening to more people. Ask them."))
        return None
    return None if audience == meeting.audience else ask_first(request, audience_change(meeting, audience))


@require_POST
@prepared
def audience_ask(request: HttpRequest, meeting: Any, person: Any) -> HttpResponse:
    """Ask the host to show the evening to more people."""
    ask_host_to_widen(actor=person, meeting=meeting, audience=request.POST.get("audience", ""))
    messages.success(request, _("The host is asked by letter. Nothing changes before they say yes."))
    return _see_other(reverse("meetings:change", args=[meeting.pk]))


def _saved_words(meeting: Any) -> str:
    if meeting.state == "announced":
        return _("Saved. Everybody who is invited hears of it.")
    return _("Saved. Nobody is written to before the invitations are sent.")


def _differences(meeting: Any, typed: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what was typed beside what is there now, as (what, now, typed)."""
    mine = copy(meeting)
    for name, value in typed.items():
        setattr(mine, name, value)
    return changes_told(meeting, mine)


def _with_version(form: ChangeForm, meeting: Any) -> ChangeForm:
    """Return the form as typed, with the version of what is there now: sent again, it is meant."""
    data = {**{name: form.data[name] for name in form.data}, "version": meeting.version}
    return ChangeForm(data, initial=change_values(meeting), time_zone=meeting.time_zone)


@require_http_methods(["GET", "HEAD", "POST"])
@prepared
def cancel(request: HttpRequest, meeting: Any, person: Any) -> HttpResponse:
    """Ask why (GET) and cancel the evening (POST)."""
    given = request.POST if request.method == "POST" else None
    form = CancelForm(given, initial={"version": meeting.version})
    problem, status = "", 200
    if request.method == "POST":
        problem, status = _tried(
            form,
            lambda: cancel_meeting(
                actor=person,
                meeting=meeting,
                note=form.cleaned_data["note"],
                version=form.cleaned_data["version"],
            ),
        )
        if not status:
            messages.success(request, _("The evening is cancelled."))
            return _see_other(reverse("meetings:answers", args=[meeting.pk]))
        form = CancelForm({"note": request.POST.get("note", ""), "version": meeting.version})
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "problem": problem,
        "receivers": receivers(meeting) if meeting.state == "announced" else 0,
    }
    return render(request, "meetings/answers/cancel.html", context, status=status or 200)


@require_POST
@prepared
def revive(request: HttpRequest, meeting: Any, person: Any) -> HttpResponse:
    """Let a cancelled evening take place after all."""
    form = AnnounceForm(request.POST)
    problem, status = _tried(
        form, lambda: revive_meeting(actor=person, meeting=meeting, version=form.cleaned_data["version"])
    )
    if status:
        return _answers_page(request, meeting, problem=problem, status=status)
    messages.success(request, _("The evening takes place after all. Everybody is told."))
    return _see_other(reverse("meetings:answers", args=[meeting.pk]))


def _tried(form: Any, act: Callable[[], object]) -> tuple[str, int]:
    """Do it if the form is valid; return the problem and its status, or nothing and 0 when it is done."""
    if not form.is_valid():
        return "", UNPROCESSABLE
    try:
        act()
    except Refused as refused:
        return str(refused), UNPROCESSABLE
    except Conflict as conflict:
        return str(conflict), CONFLICT
    return "", 0


def _see_other(path: str) -> HttpResponse:
    return HttpResponse(status=SEE_OTHER, headers={"Location": path})
