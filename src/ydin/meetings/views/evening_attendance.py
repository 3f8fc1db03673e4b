"""The attendance list on paper and as a table, and keying it in later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ydin.kernel.errors import Refused
from ydin.meetings.documents.sheet import attendance_sheet
from ydin.meetings.documents.sheet_table import attendance_table
from ydin.meetings.forms.evening import read_visitors
from ydin.meetings.queries.evening import attendances_of, roll_call
from ydin.meetings.services.record_attendance import key_in_sheet
from ydin.meetings.views.evening_base import UNPROCESSABLE, Room, overseen, prepared
from ydin.people.views.editing import see_other


@require_safe
@prepared
def sheet_pdf(request: HttpRequest, room: Room) -> HttpResponse:
    """Give the list to print and sign."""
    del request
    pdf = attendance_sheet(room.meeting, roll_call(room.meeting))
    return _file(pdf, "application/pdf", f"attendance-{room.pk}.pdf", how="inline")


@require_safe
@overseen
def table(request: HttpRequest, room: Room) -> HttpResponse:
    """Give who was there as a table for a spreadsheet."""
    del request
    text = attendance_table(room.meeting, list(attendances_of(room.meeting)))
    content = text.encode("utf-8-sig")
    return _file(content, "text/csv; charset=utf-8", f"attendance-{room.pk}.csv", how="attachment")


def _file(content: bytes, kind: str, name: str, *, how: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@prepared
def sheet(request: HttpRequest, room: Room) -> HttpResponse:
    """Show the rows of the paper list in its order (GET); take over its marks (POST)."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            count = key_in_sheet(
                actor=room.person,
                meeting=room.meeting,
                shown=request.POST.getlist("shown"),
                ticked=request.POST.getlist("here"),
                visitors=read_visitors(request.POST.get("visitors", "")[:20_000]),
            )
        except Refused as refused:
            problem, status = str(refused), UNPROCESSABLE
        else:
            said = ngettext("%(count)s person was there.", "%(count)s people were there.", count)
            messages.success(request, said % {"count": count})
            return see_other(reverse("meetings:meeting", args=[room.pk]))
    rows = roll_call(room.meeting)
    ticked = set(request.POST.getlist("here")) if problem else {row.key for row in rows if row.is_present}
    context = {
        "meeting": room.meeting,
        "group": room.meeting.group,
        "rows": [(row, row.key in ticked) for row in rows],
        "visitors": request.POST.get("visitors", "") if problem else "",
        "problem": problem,
        "title": _("Key in the list"),
    }
    return render(request, "meetings/evening/sheet.html", context, status=status)
