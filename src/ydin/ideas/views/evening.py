"""Preparing an evening: themes that the group wants, and speakers who can be asked. By link, or signed in.

The host's pages lead here with a personal link, so that one set of pages serves both.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.ideas.documents.words import (
    misfit_words,
    seen_ask,
    seen_evening_asks,
    talk_rows,
    wanted_by,
)
from ydin.ideas.forms import AskForm, TalkAnswerForm
from ydin.ideas.policies import can_take_theme, visible_ideas, visible_talk_asks, visible_talks
from ydin.ideas.queries.ideas import ideas_about, themes_wanted
from ydin.ideas.queries.talks import ask_at, asks_of, talks_for
from ydin.ideas.rules.talks import AskState
from ydin.ideas.services.asks import answer_ask, ask_for_talk, call_off
from ydin.ideas.services.steps import plan_for, unplan
from ydin.ideas.views.base import SEE_OTHER
from ydin.meetings.policies import can_prepare, visible_meetings
from ydin.people.views.editing import attempt, see_other, tap
from ydin.people.views.links import by_link

SHOWN = 20
LONGEST_ID = 18


def _prepared(person: Any, pk: int) -> Any:
    found = visible_meetings(person).select_related("group__network", "group__region", "host").filter(pk=pk)
    meeting = found.first()
    return meeting if meeting is not None and can_prepare(person, meeting) else None


prepared = by_link("evening", _prepared)


@require_safe
@prepared
def evening(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Show what the group wants to hear about, and who could come and speak."""
    return _page(request, token, meeting, person)


def _page(
    request: HttpRequest, token: str, meeting: Any, person: Any, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    language = (get_language() or "fi")[:2]
    asks = {one.talk_id: one for one in asks_of(meeting)}
    found = talks_for(meeting)[:SHOWN]
    rows = [
        {**row, "misfits": [misfit_words(why) for why in why_not], "ask": asks.pop(talk.pk, None)}
        for row, (talk, why_not) in zip(talk_rows([t for t, _why in found], language), found, strict=True)
    ]
    wanted = themes_wanted(visible_ideas(person), meeting.group_id)[:SHOWN]
    context = {
        "meeting": meeting,
        "token": token,
        "problem": problem,
        "fitting": [row for row in rows if not row["misfits"]],
        "others": [row for row in rows if row["misfits"]],
        "gone": list(asks.values()),
        "wanted": [(one, wanted_by(one.wanted)) for one in wanted],
        "planned": list(ideas_about([meeting.pk])),
        "may_take": can_take_theme(person, meeting),
        "seen": seen_evening_asks(meeting),
        "form": AskForm(),
        "prepare_url": reverse("meetings:prepare", args=[meeting.pk, "theme"]),
        "is_signed_in": request.user.is_authenticated,
    }
    return render(request, "ideas/evening.html", context, status=status)


def _to(token: str) -> str:
    return reverse("ideas:evening", args=[token])


def _chosen(request: HttpRequest) -> int:
    """Return the id of what the button stands beside; nothing has the id 0."""
    chosen = request.POST.get("chosen", "")
    return int(chosen) if chosen.isdecimal() and len(chosen) < LONGEST_ID else 0


@require_POST
@prepared
def take_theme(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Make a wanted theme the evening's."""
    found = visible_ideas(person).filter(pk=_chosen(request)).first()
    if found is None:
        raise Http404
    return tap(
        request,
        lambda: plan_for(actor=person, idea=found, meeting=meeting),
        _("It is the theme of your evening. You can still put it in your own words, or take it off."),
        _to(token),
    )


@require_POST
@prepared
def drop_theme(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Take it off the evening again."""
    found = visible_ideas(person).filter(pk=_chosen(request), meeting=meeting).first()
    if found is None:
        raise Http404
    return tap(
        request, lambda: unplan(actor=person, idea=found), _("It is off the evening again."), _to(token)
    )


@require_POST
@prepared
def ask(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Ask a speaker for the evening."""
    talk = visible_talks(person).select_related("network", "speaker").filter(pk=_chosen(request)).first()
    if talk is None:
        raise Http404
    form = AskForm(request.POST)
    status = attempt(
        form, lambda: ask_for_talk(actor=person, talk=talk, meeting=meeting, **form.cleaned_data)
    )
    if status != SEE_OTHER:
        problem = " ".join(str(words) for several in form.errors.values() for words in several)
        return _page(request, token, meeting, person, status=status, problem=problem)
    messages.success(request, _("The speaker has a letter. You hear of the answer by letter, too."))
    return see_other(_to(token))


@require_POST
@prepared
def uncall(request: HttpRequest, token: str, meeting: Any, person: Any) -> HttpResponse:
    """Take a question back."""
    found = visible_talk_asks(person).filter(pk=_chosen(request), meeting=meeting).first()
    if found is None:
        raise Http404
    return tap(
        request,
        lambda: call_off(actor=person, ask=found),
        _("It is called off. The speaker has a letter."),
        _to(token),
    )


def _asked(person: Any, pk: int) -> Any:
    found = ask_at(pk)
    return found if found is not None and found.speaker_id == person.pk else None


asked = by_link("talk", _asked)


@require_safe
@asked
def talk_ask(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Show a speaker the evening for which they are asked."""
    del person
    return _ask_page(request, token, found, TalkAnswerForm(initial={"words": found.words}))


def _ask_page(
    request: HttpRequest, token: str, found: Any, form: TalkAnswerForm, *, status: int = 200
) -> HttpResponse:
    over = found.state == AskState.CALLED_OFF or found.meeting.state in {"held", "cancelled"}
    context = {"ask": found, "token": token, "form": form, "is_over": over, "seen": seen_ask(found)}
    return render(request, "ideas/ask.html", context, status=status)


@require_POST
@asked
def talk_answer(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Say yes, no or another time."""
    form = TalkAnswerForm(request.POST)
    status = attempt(form, lambda: answer_ask(actor=person, ask=found, **form.cleaned_data))
    if status != SEE_OTHER:
        return _ask_page(request, token, found, form, status=status)
    messages.success(request, _("Thank you. The host has your answer by letter. You can still change it."))
    return see_other(reverse("ideas:ask_link", args=[token]))
