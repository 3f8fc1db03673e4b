"""Accepting the ground rules, on the site and on paper; breaking the glass."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.groups.forms.trust import AcceptForm, GlassForm
from ydin.groups.policies import can_break_glass, inside_or_managed, readable_groups
from ydin.groups.queries import acceptances_of, readers_of, rules_now
from ydin.groups.services.trust import accept_ground_rules, break_glass, record_paper_acceptance
from ydin.groups.views.shared import group_page, load_group
from ydin.kernel.errors import Conflict, YdinError
from ydin.people.views.editing import attempt, see_other, signed_in


def _home(group: Any) -> str:
    return reverse("home:group", args=[group.network.slug, group.slug])


def _next(path: str, group: Any) -> str:
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else _home(group)


def _readable(request: HttpRequest, pk: int) -> Any:
    readable = readable_groups(signed_in(request)).select_related("network")
    return get_object_or_404(readable, pk=pk)


@login_required
@require_safe
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the ground rules in force to somebody of the group, with the button that promises to keep them."""
    return _rules_page(request, _readable(request, pk), request.GET.get("next", ""))


def _rules_page(
    request: HttpRequest, group: Any, path: str, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    person, now_ = signed_in(request), rules_now(group, get_language() or "")
    mine = acceptances_of(group, now_.number).get(person.pk)
    context = {
        "group": group,
        "rules": now_,
        "said": now_.said(get_language() or ""),
        "is_accepted": mine is not None,
        "accepted_at": mine.accepted_at if mine else None,
        "is_changed": mine is None
        and now_.number > 0
        and person.pk in acceptances_of(group, now_.number - 1),
        "next": _next(path, group),
    }
    return render(request, "groups/rules_accept.html", context, status=status)


@login_required
@require_POST
def rules_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise to keep the version that was shown, and go on to what was asked for."""
    group, form = _readable(request, pk), AcceptForm(request.POST)
    if not form.is_valid():
        return _rules_page(request, group, "", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    path = form.cleaned_data["next"]
    try:
        accept_ground_rules(actor=signed_in(request), group=group, number=form.cleaned_data["number"])
    except Conflict as conflict:
        messages.warning(request, str(conflict))
        return _rules_page(request, group, path, status=HTTPStatus.CONFLICT)
    return see_other(_next(path, group))


@login_required
@require_safe
def acceptances(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the coordinator who has accepted the ground rules in force."""
    group = load_group(request, pk)
    number = rules_now(group, group.language).number
    done = acceptances_of(group, number)
    people = [{"reading": one, "acceptance": done.get(one.person.pk)} for one in readers_of(group)]
    accepted = sum(1 for one in people if one["acceptance"])
    context = {"people": people, "number": number, "accepted": accepted}
    return group_page(request, "groups/acceptances.html", group, "ground_rules", **context)


@login_required
@require_POST
def acceptance_paper(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """Write down that somebody signed on paper."""
    group, form = load_group(request, pk), AcceptForm(request.POST)
    person = next((one.person for one in readers_of(group) if one.person.pk == person_pk), None)
    if person is not None and form.is_valid():
        number = form.cleaned_data["number"]
        try:
            record_paper_acceptance(actor=signed_in(request), group=group, person=person, number=number)
        except YdinError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Written down."))
    return see_other("groups:acceptances", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what breaking the glass means (GET) and do it (POST). 403 for those who read the group anyway."""
    person = signed_in(request)
    group = get_object_or_404(inside_or_managed(person).select_related("network"), pk=pk)
    if not can_break_glass(person, group):
        raise PermissionDenied
    form = GlassForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            status = attempt(form, lambda: break_glass(actor=person, group=group, reason=reason))
        if status == HTTPStatus.SEE_OTHER:
            messages.warning(
                request, _("The group is open to you for one hour. Everybody concerned was told.")
            )
            return see_other(_home(group))
    readers = [str(one.person) for one in readers_of(group)]
    context = {"group": group, "form": form, "readers": readers}
    return render(request, "groups/glass.html", context, status=status)
