"""Bringing in an evening that was held before the group used Ydin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ydin.groups.policies import can_manage, inside_or_managed
from ydin.kernel.errors import Refused
from ydin.meetings.forms.evening import PastMeetingForm
from ydin.meetings.queries.evening_choices import companies_to_promise, people_of_group, promising_company
from ydin.meetings.services.record import record_past_meeting
from ydin.meetings.views.evening_base import UNPROCESSABLE
from ydin.people.policies import as_person
from ydin.people.views.editing import see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def past_new(request: HttpRequest) -> HttpResponse:
    """Ask for date, host, theme and who was there (GET); write it down (POST)."""
    person = as_person(request.user)
    asked = request.GET.get("group", "")
    groups = inside_or_managed(person).select_related("network", "organisation")
    group = get_object_or_404(groups, pk=int(asked) if asked.isdecimal() else 0)
    if not can_manage(person, group):
        raise PermissionDenied
    people = people_of_group(group)
    form = PastMeetingForm(
        request.POST or None,
        companies=companies_to_promise(group),
        people=[(key, f"{company.name}, {one}") for key, (one, company) in people.items()],
        zone=group.time_zone,
        initial={"begins": group.evening_start, "ends": group.evening_end},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _bring_in(form, group, person, people)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The evening is brought in. Nobody was written to."))
            return see_other(reverse("meetings:meeting", args=[made.pk]))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "meetings/evening/past.html", {"form": form, "group": group}, status=status)


def _bring_in(form: PastMeetingForm, group: Any, person: Any, people: dict[str, Any]) -> Any:
    data = form.cleaned_data
    starts_at, ends_at = form.times()
    return record_past_meeting(
        actor=person,
        group=group,
        host=promising_company(group, data["host"]) if data["host"] else None,
        theme=data["theme"],
        starts_at=starts_at,
        ends_at=ends_at,
        present=[people[key] for key in data["present"]],
        visitors=form.visitor_names(),
    )
