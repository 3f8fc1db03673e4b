"""The outbox page of a demo: every message as its receiver would see it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from ydin.kernel.acting import acting_as_system
from ydin.kernel.http import POLICY
from ydin.outbox.policies import shown_messages

PAGE = 50
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)


def _only_in_a_demo() -> None:
    if not settings.SHOWS_OUTBOX:
        raise Http404


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """List the messages of a demo, newest first, filtered by receiver; elsewhere lead to what coordinators see."""
    if not settings.SHOWS_OUTBOX:
        return redirect("groups:letters")
    wanted = request.GET.get("to", "").strip()
    with acting_as_system():
        found = shown_messages().defer("html", "calendar")
        if wanted:
            found = found.filter(to_address__icontains=wanted)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    return render(request, "outbox/messages.html", {"rows": rows, "page_obj": page, "wanted": wanted})


@require_safe
def message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one message: who, subject, the letter in a frame, its plain text and its calendar entry."""
    _only_in_a_demo()
    with acting_as_system():
        found = get_object_or_404(shown_messages(), pk=pk)
    response = render(request, "outbox/message.html", {"message": found})
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


@require_safe
@xframe_options_sameorigin
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the HTML of a message by itself, for the frame."""
    del request
    _only_in_a_demo()
    with acting_as_system():
        found = get_object_or_404(shown_messages(), pk=pk)
    response = HttpResponse(found.html.replace("<head>", '<head><base target="_top">', 1))
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response


@require_safe
def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the calendar entry that the message carries."""
    del request
    _only_in_a_demo()
    with acting_as_system():
        found = get_object_or_404(shown_messages().exclude(calendar=""), pk=pk)
    return HttpResponse(
        found.calendar,
        content_type=f"text/calendar; charset=utf-8; method={found.calendar_method or 'PUBLISH'}",
    )
