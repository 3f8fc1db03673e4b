"""The memo and the public text of an evening."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.kernel.errors import Conflict, Refused
from ydin.meetings.documents.audience import seen_by_preparers, summary_change
from ydin.meetings.forms.evening import MemoForm, SummaryForm
from ydin.meetings.policies import may_publish
from ydin.meetings.queries.evening import loaded, memo_of, promises_around, summary_of
from ydin.meetings.queries.evening_choices import companies_to_name
from ydin.meetings.queries.evening_names import candidates_of
from ydin.meetings.rules.evening_names import Candidate, named_in
from ydin.meetings.services.record_memo import (
    publish_summary,
    save_memo,
    save_summary,
    unpublish_summary,
)
from ydin.meetings.views.evening import memo_form
from ydin.meetings.views.evening_base import CONFLICT, UNPROCESSABLE, Room, prepared, read, rules_first
from ydin.people.views.editing import see_other
from ydin.ui.audience import AudienceChange, ask_first, thought_again


@require_safe
@read
def memo(request: HttpRequest, room: Room) -> HttpResponse:
    """Show the memo to those who hold a seat and their coordinators, once they accepted the ground rules."""
    rules_url = rules_first(room, request.path)
    if rules_url:
        return see_other(rules_url)
    context = {
        **_facts(room),
        "memo": loaded(room.meeting)[0],
        "made_promises": promises_around(room.meeting)[1],
        "place": room.place,
    }
    return render(request, "meetings/evening/memo.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@prepared
def memo_write(request: HttpRequest, room: Room) -> HttpResponse:
    """Write the memo. Before somebody else's words are shown, the ground rules are promised, as for reading."""
    rules_url = rules_first(room, request.path) if _is_others(room) else ""
    if request.method != "POST":
        if rules_url:
            return see_other(rules_url)
        return _memo_page(request, room, memo_form(loaded(room.meeting)[0]))
    form = MemoForm(request.POST)
    if not form.is_valid():
        return _memo_page(request, room, form, status=UNPROCESSABLE)
    try:
        save_memo(actor=room.person, meeting=room.meeting, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _memo_page(request, room, form, status=UNPROCESSABLE)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return _memo_page(
            request, room, form, status=CONFLICT, theirs=None if rules_url else memo_of(room.meeting)
        )
    messages.success(request, _("The memo is saved."))
    return see_other(reverse("meetings:memo", args=[room.pk]))


def _is_others(room: Room) -> bool:
    memo = loaded(room.meeting)[0]
    return memo is not None and memo.written_by_id != room.person.pk


def _memo_page(
    request: HttpRequest, room: Room, form: MemoForm, *, status: int = 200, theirs: Any = None
) -> HttpResponse:
    version = theirs.version if theirs else form["version"].value()
    context = {**_facts(room), "form": form, "theirs": theirs, "version": version}
    return render(request, "meetings/evening/memo_write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@prepared
def summary(request: HttpRequest, room: Room) -> HttpResponse:
    """Write the public text."""
    if request.method == "POST":
        return _saved(request, room, save_summary, _("The text is saved."))
    known = loaded(room.meeting)[1]
    initial: dict[str, Any] = {"version": 0}
    if known is not None:
        initial = {"version": known.version, "text": known.text, "named": known.named}
    candidates = candidates_of(room.meeting)
    form = SummaryForm(initial=initial, companies=companies_to_name(candidates))
    return _summary_page(request, room, form, candidates)


@require_POST
@prepared
def summary_publish(request: HttpRequest, room: Room) -> HttpResponse:
    """Save the public text and show it to everybody, once it was said what that means."""
    return _saved(
        request,
        room,
        publish_summary,
        _("The text is public now."),
        change=summary_change(room.meeting, publish=True),
    )


@require_POST
@prepared
def summary_unpublish(request: HttpRequest, room: Room) -> HttpResponse:
    """Take the public text back, once it was said what that means."""
    question = ask_first(request, summary_change(room.meeting, publish=False))
    if question is not None:
        return question
    unpublish_summary(actor=room.person, meeting=room.meeting)
    messages.success(request, _("The text is no longer public."))
    return see_other(reverse("meetings:summary", args=[room.pk]))


def _saved(
    request: HttpRequest, room: Room, service: Any, said: str, *, change: AudienceChange | None = None
) -> HttpResponse:
    candidates = candidates_of(room.meeting)
    form = SummaryForm(request.POST, companies=companies_to_name(candidates))
    if not form.is_valid():
        return _summary_page(request, room, form, candidates, status=UNPROCESSABLE)
    if change is not None and thought_again(request):
        return _summary_page(request, room, form, candidates)
    question = _question(request, form, candidates, change)
    if question is not None:
        return question
    try:
        service(actor=room.person, meeting=room.meeting, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _summary_page(request, room, form, candidates, status=UNPROCESSABLE)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return _summary_page(
            request, room, form, candidates, status=CONFLICT, theirs=summary_of(room.meeting)
        )
    messages.success(request, said)
    return see_other(reverse("meetings:summary", args=[room.pk]))


def _question(
    request: HttpRequest, form: SummaryForm, candidates: list[Candidate], change: AudienceChange | None
) -> HttpResponse | None:
    """Return the page that says what publishing means; a text that cannot be published yet is not asked about."""
    if change is None:
        return None
    sent = form.cleaned_data
    if _agreements(candidates, sent["text"], set(sent["named"]))["names_missing"]:
        return None
    return ask_first(request, change)


def _summary_page(
    request: HttpRequest,
    room: Room,
    form: SummaryForm,
    candidates: list[Candidate],
    *,
    status: int = 200,
    theirs: Any = None,
) -> HttpResponse:
    text, ticked = form["text"].value() or "", _ids(form["named"].value())
    shown = theirs or loaded(room.meeting)[1]
    context = {
        **_facts(room),
        "form": form,
        "theirs": theirs,
        "version": theirs.version if theirs else form["version"].value(),
        "is_published": shown is not None and shown.published_at is not None,
        "preparers": seen_by_preparers(room.meeting).names,
        "author": _other_author(room, shown),
        **_agreements(candidates, text, ticked),
    }
    return render(request, "meetings/evening/summary.html", context, status=status)


def _other_author(room: Room, shown: Any) -> Any:
    """Return who alone may publish the text, when that is somebody else than the reader."""
    if shown is None or may_publish(room.person, room.meeting, shown):
        return None
    return shown.written_by


def _agreements(candidates: list[Candidate], text: str, ticked: set[int]) -> dict[str, Any]:
    """Return the companies to tick: those that the text names first, and names that nobody can agree for."""
    found = named_in(text, candidates)
    companies = {one.company for one in found}
    choices = [(pk, name, pk in ticked) for pk, name in companies_to_name(candidates)]
    return {
        "named_rows": [
            (pk, name, is_ticked, _why(found, pk, name)) for pk, name, is_ticked in choices if pk in companies
        ],
        "other_rows": [row for row in choices if row[0] not in companies],
        "unmendable": list(dict.fromkeys(one.name for one in found if one.company is None)),
        "names_missing": any(one.company not in ticked for one in found),
    }


def _why(found: list[Any], company: int, name: str) -> str:
    """Return the people of the company whom the text names, when it is not the company itself."""
    people = [one.name for one in found if one.company == company and one.is_person]
    return ", ".join(people) if people and name not in people else ""


def _ids(values: Any) -> set[int]:
    return {int(v) for v in values or [] if str(v).isdigit()}


def _facts(room: Room) -> dict[str, Any]:
    found = room.meeting
    return {"meeting": found, "group": found.group}
