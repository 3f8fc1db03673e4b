"""The host's three steps: theme, evening, the rest. Saved at each; by link, or signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.groups.rules import GroupKind
from ydin.kernel.errors import Conflict, Refused
from ydin.meetings.forms.planning_host import DetailsForm, EveningForm, OnlineDetailsForm, ThemeForm
from ydin.meetings.policies import can_prepare, visible_meetings
from ydin.meetings.queries.planning import meeting_of, meeting_to_prepare, theme_wishes
from ydin.meetings.queries.planning_host import evening_choices, local_end, local_start, reader_names
from ydin.meetings.rules.states import MeetingState
from ydin.meetings.services.planning_preparing import choose_evening, prepare_meeting
from ydin.meetings.views.planning_base import me
from ydin.meetings.views.planning_host import host_url, opened
from ydin.people.views.editing import see_other

STEPS = ("theme", "evening", "details", "done")
CHANGEABLE = (MeetingState.DRAFT, MeetingState.ANNOUNCED)
CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True)
class Page:
    """Who prepares which meeting, and the addresses of the steps."""

    person: Any
    meeting: Any
    step: str
    address: Callable[[str], str]
    cannot: str

    @property
    def onward(self) -> str:
        """The address of the next step."""
        return self.address(STEPS[STEPS.index(self.step) + 1])


def by_link(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Prepare the evening by the host's personal link."""
    with opened(request, token) as (turn, person):
        meeting = meeting_of(turn)
        if meeting is None or meeting.state not in CHANGEABLE:
            return see_other(host_url(token))
        page = Page(
            person,
            meeting_to_prepare(meeting),
            step,
            lambda name: reverse("meetings:host_prepare", args=[token, name]),
            reverse("meetings:host_cannot", args=[token]),
        )
        return _step(request, page)


@login_required
def signed_in(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Prepare the evening as its host or as the group's coordinator."""
    meeting = get_object_or_404(visible_meetings(request.user), pk=pk)
    if not can_prepare(me(request), meeting):
        raise PermissionDenied
    if meeting.state not in CHANGEABLE:
        raise Http404
    page = Page(
        me(request),
        meeting_to_prepare(meeting),
        step,
        lambda name: reverse("meetings:prepare", args=[pk, name]),
        "",
    )
    return _step(request, page)


def _step(request: HttpRequest, page: Page) -> HttpResponse:
    if page.step == "done":
        return _show(request, page, {})
    form = _form(page, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, page, {"form": form, "theirs": None})
    if not form.is_valid():
        return _show(request, page, {"form": form, "theirs": None}, UNPROCESSABLE)
    try:
        _save(page, dict(form.cleaned_data))
    except Refused as error:
        form.add_error(None, str(error))
        return _show(request, page, {"form": form, "theirs": None}, UNPROCESSABLE)
    except Conflict as error:
        form.add_error(None, str(error))
        form.data = form.data.copy()
        form.data["version"] = page.meeting.version
        return _show(request, page, {"form": form, "theirs": page.meeting}, CONFLICT)
    messages.success(request, _("Saved. You can go on later from the same link."))
    return see_other(page.onward)


def _form(page: Page, data: Any) -> Any:
    meeting = page.meeting
    if page.step == "theme":
        return ThemeForm(data, initial={"theme": meeting.theme, "version": meeting.version})
    if page.step == "evening":
        starts, ends = local_start(meeting), local_end(meeting)
        initial = {
            "evening": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "version": meeting.version,
        }
        return EveningForm(data, initial=initial)
    kind: type[forms.Form] = OnlineDetailsForm if meeting.group.kind == GroupKind.ONLINE else DetailsForm
    names = [name for name in kind.base_fields if name != "version"]
    return kind(data, initial={**{n: getattr(meeting, n) for n in names}, "version": meeting.version})


def _save(page: Page, data: dict[str, Any]) -> None:
    version = data.pop("version")
    if page.step == "evening":
        choose_evening(actor=page.person, meeting=page.meeting, version=version, **data)
        return
    prepare_meeting(actor=page.person, meeting=page.meeting, changes=data, version=version)


def _show(request: HttpRequest, page: Page, more: dict[str, Any], status: int = 200) -> HttpResponse:
    meeting = page.meeting
    labels = [(_("Theme"), page.address("theme")), (_("Evening"), page.address("evening"))]
    labels.append((_("The rest"), page.address("details")))
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "steps": labels,
        "number": STEPS.index(page.step) + 1,
        "back": page.address(STEPS[STEPS.index(page.step) - 1]) if page.step != "theme" else "",
        "cannot": page.cannot,
        "names": reader_names(meeting),
        "preparer": page.person,
        "starts": local_start(meeting),
        "is_announced": meeting.state != MeetingState.DRAFT,
        "is_online": meeting.group.kind == GroupKind.ONLINE,
        **more,
    }
    if page.step == "theme":
        season = meeting.turn.season if meeting.turn else None
        context["offered"], context["wanted"] = theme_wishes(season, meeting.host_id) if season else ("", [])
    if page.step == "evening":
        context["choices"] = evening_choices(meeting)
    return render(request, f"meetings/planning/prepare_{page.step}.html", context, status=status)
