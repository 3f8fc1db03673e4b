"""Whether the letters of one's groups arrive, and whom to call where they do not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.groups.policies import manageable_groups, visible_failing_addresses, visible_letter_states
from ydin.groups.queries import overseers_of
from ydin.groups.services.mail_problems import try_address_again
from ydin.kernel.errors import NotAllowed
from ydin.outbox.rules import MessageState
from ydin.people.views.editing import see_other, signed_in

PAGE = 25
BADGES = {
    MessageState.QUEUED: "waiting",
    MessageState.SENDING: "waiting",
    MessageState.SENT: "done",
    MessageState.FAILED: "alert",
    MessageState.KEPT: "off",
}


def _words(state: str) -> str:
    return {
        MessageState.QUEUED: _("waiting"),
        MessageState.SENDING: _("being sent"),
        MessageState.SENT: _("sent"),
        MessageState.FAILED: _("could not be delivered"),
    }.get(MessageState(state), _("kept here"))


@login_required
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters about the reader's groups with their state, newest first; their content is not here."""
    person = signed_in(request)
    overseen = manageable_groups(person)
    groups = dict(overseen.values_list("pk", "name"))
    if not groups:
        raise PermissionDenied
    found = visible_letter_states(person)
    only = request.GET.get("only", "")
    if only == "failed":
        found = found.filter(state=MessageState.FAILED)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [_row(state, groups) for state in page.object_list]
    context = {
        "rows": rows,
        "page_obj": page,
        "only": only,
        "several": len(groups) > 1,
        "failing": visible_failing_addresses(person),
        "readers": [str(one) for one in overseers_of(overseen)],
    }
    return render(request, "groups/letters.html", context)


def _row(state: Any, groups: dict[int, str]) -> dict[str, Any]:
    return {
        "letter": state,
        "group": groups.get(state.group_id, ""),
        "badge": BADGES[MessageState(state.state)],
        "words": _words(state.state),
    }


@login_required
@require_POST
def try_again(request: HttpRequest, problem: int) -> HttpResponse:
    """Note that somebody's mailbox works again."""
    try:
        try_address_again(actor=signed_in(request), problem_id=problem)
    except NotAllowed as error:
        raise PermissionDenied from error
    messages.success(request, _("Letters are tried again."))
    return see_other("groups:letters")
