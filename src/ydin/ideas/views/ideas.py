"""The list, one idea, writing and changing it, who reads it, and supporting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.groups.documents.seen import seen_inside_each
from ydin.ideas.documents.words import (
    audience_change,
    draft_in,
    readers_of_each,
    seen_idea,
    speaker_line,
    wanted_by,
    widening,
)
from ydin.ideas.forms import AnswerForm, AudienceForm, FilterForm, IdeaForm, ParkForm, VersionForm
from ydin.ideas.policies import (
    can_see_wanted,
    can_support,
    can_widen_idea,
    networks_with_ideas,
    visible_ideas,
)
from ydin.ideas.queries.ideas import (
    alike,
    by_most_wanted,
    companies_wanting,
    counted,
    listed,
    own_seats,
    own_supports,
    supporters,
)
from ydin.ideas.rules.states import LIVE, Part, Shown
from ydin.ideas.services.ideas import change_idea, set_audience, support_idea, take_support_back, write_idea
from ydin.ideas.views.base import SEE_OTHER, UNPROCESSABLE, WRITE, Desk, opened
from ydin.meetings.policies import visible_meetings
from ydin.people.policies import as_person
from ydin.people.views.editing import attempt, see_other, tap
from ydin.ui.audience import ask_first, thought_again

A_PAGE = 20
Places = list[tuple[str, str, tuple[Any, Any]]]
"""Key, words, and the company with the group in which it may write."""


@require_safe
@login_required
def ideas(request: HttpRequest) -> HttpResponse:
    """List the ideas that the reader reads, by kind, state, group and words."""
    person = as_person(request.user)
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = {name: asked.get(name, "") for name in ("kind", "state", "group")}
    found = listed(visible_ideas(person), words=asked.get("q", ""), **chosen)
    order = request.GET.get("order", "")
    rows = by_most_wanted(found) if order == "wanted" else found.order_by("-created_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = counted([one.pk for one in page.object_list], person) if person else []
    seats = own_seats(person) if person else []
    networks = list(networks_with_ideas(person))
    context = {
        "page": page,
        "rows": [
            (one, seen, wanted_by(one.wanted))
            for one, seen in zip(shown, readers_of_each(shown), strict=True)
        ],
        "form": form,
        "q": asked.get("q", ""),
        "chosen": {**chosen, "order": order},
        "groups": list({group.pk: group.name for _company, group in seats}.items()),
        "is_filtered": bool(asked.get("q") or order or any(chosen.values())),
        "may_write": bool(seats),
        "networks": networks,
        "wanted_in": [network for network in networks if can_see_wanted(person, network)],
    }
    return render(request, "ideas/list.html", context)


def idea(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show an idea: who wants it, where it stands, what came of it, and the steps that are the reader's."""
    return page_of(request, desk)


def page_of(request: HttpRequest, desk: Desk, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page of an idea; `forms` are those to show as they were sent."""
    found, now = desk.idea, {"version": desk.idea.version}
    names = companies_wanting(found)
    evening = (
        visible_meetings(desk.person).filter(pk=found.meeting_id).select_related("group", "host").first()
    )
    theirs = supporters(desk.person, found) if can_support(desk.person, found) else []
    supported = set(own_supports(desk.person, found).values_list("enterprise_id", flat=True))
    context = {
        "idea": found,
        "desk": desk,
        "urls": {name: desk.url(name) for name in ("support", "unsupport", "take_up", "release", "answer", "park",
                                                   "reopen", "close")},
        "seen": seen_idea(found),
        "names": names,
        "wanted": wanted_by(len(names)),
        "evening": evening,
        "is_live": found.state in LIVE,
        "is_mine": Part.AUTHOR in desk.parts,
        "may_widen": can_widen_idea(desk.person, found),
        "supported": bool(supported),
        "may_support": [one for one in theirs if one.pk not in supported],
        "taken_by": speaker_line(found.taken_by) if found.taken_by else "",
        "answered_by": speaker_line(found.answered_by) if found.answered_by else "",
        "tap_form": VersionForm(initial=now),
        "answer_form": AnswerForm(initial={**now, "text": found.answer, "link": found.answer_link}),
        "park_form": ParkForm(initial=now),
        "audience_form": AudienceForm(initial={**now, "audience": found.audience}),
        **forms,
    }  # fmt: skip
    return render(request, "ideas/idea.html", context, status=status)


@require_http_methods(WRITE)
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Write an idea: those that are like it are shown before it is kept, and what a wider audience means."""
    person = as_person(request.user)
    places = _places(request, person)
    form = IdeaForm(request.POST or None, places=[(key, words) for key, words, _pair in places])
    if request.method != "POST" or thought_again(request) or not form.is_valid():
        status = UNPROCESSABLE if request.method == "POST" and not form.is_valid() else 200
        return _writing(request, form, places, status=status)
    chosen = form.cleaned_data.get("place") or places[0][0]
    company, group = next(pair for key, _words, pair in places if key == chosen)
    like = alike(visible_ideas(person), form.cleaned_data["text"], person.language if person else "")
    if like and request.POST.get("is_new") != "yes":
        return _writing(request, form, places, like=_supportable(like, person), is_asked=True)
    audience = form.cleaned_data["audience"] or Shown.GROUP
    if audience != Shown.GROUP and (question := _ask_about(request, (company, group), audience)) is not None:
        return question
    made: list[Any] = []

    def write() -> None:
        assert person is not None
        kept = write_idea(actor=person, group=group, enterprise=company, wish=form.wish(), audience=audience)
        made.append(kept)

    status = attempt(form, write)
    if status != SEE_OTHER:
        return _writing(request, form, places, status=status)
    messages.success(request, _("Thank you, your idea is written down. Others can support it now."))
    return see_other(reverse("ideas:idea", args=[made[0].pk]))


def _places(request: HttpRequest, person: Any) -> Places:
    pairs = own_seats(person) if person else []
    wanted = request.GET.get("group", "")
    pairs = [pair for pair in pairs if str(pair[1].pk) == wanted] or pairs
    if not pairs:
        raise PermissionDenied
    return [(f"{c.pk}-{g.pk}", f"{c.name} · {g.name}", (c, g)) for c, g in pairs]


def _ask_about(request: HttpRequest, place: tuple[Any, Any], audience: str) -> HttpResponse | None:
    return ask_first(request, audience_change(draft_in(*place), audience))


def _supportable(like: list[Any], person: Any) -> list[tuple[Any, bool]]:
    return [(one, can_support(person, one)) for one in like]


def _writing(
    request: HttpRequest, form: IdeaForm, places: Places, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "idea": None, "like": [], "is_asked": False, "theirs": None, **more}
    groups = [group for _key, _words, (_company, group) in places]
    context["seen"] = seen_inside_each(groups).values() if groups else [seen_idea(context["idea"])]
    return render(request, "ideas/write.html", context, status=status)


@require_POST
@login_required
def like_this(request: HttpRequest) -> HttpResponse:
    """Return the ideas that are like what is being typed, as a piece of the page. Nothing is kept."""
    person = as_person(request.user)
    words = request.POST.get("text", "")[:300]
    like = alike(visible_ideas(person), words, person.language) if person else []
    return render(request, "ideas/_alike.html", {"like": _supportable(like, person), "is_asked": False})


@require_http_methods(WRITE)
@opened
def edit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change the words of an idea of one's own company."""
    found = desk.idea
    if Part.AUTHOR not in desk.parts:
        raise PermissionDenied
    first = {name: getattr(found, name) for name in ("text", "kind", "why", "topic", "version")}
    form = IdeaForm(request.POST or None, initial=first)

    def change() -> None:
        version = form.cleaned_data["version"] or 0
        change_idea(actor=desk.person, idea=found, version=version, wish=form.wish())

    status = attempt(form, change) if request.method == "POST" else 200
    if status == SEE_OTHER:
        messages.success(request, _("Saved."))
        return see_other(desk.url())
    theirs = found if status == 409 else None  # noqa: PLR2004 - HTTP Conflict
    return _writing(request, form, [], status=status, idea=found, theirs=theirs)


@require_POST
@opened
def audience(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Tell it to more or fewer; what that means is said first."""
    if Part.AUTHOR not in desk.parts:
        raise PermissionDenied
    form = AudienceForm(request.POST)
    if not form.is_valid():
        return see_other(desk.url())
    chosen = form.cleaned_data["audience"]
    is_wider = chosen == Shown.NETWORK and desk.idea.audience != chosen
    if is_wider and not can_widen_idea(desk.person, desk.idea):
        raise PermissionDenied
    if chosen != desk.idea.audience:
        question = ask_first(request, widening(desk.idea, chosen))
        if question is not None:
            return question
    return tap(
        request,
        lambda: set_audience(actor=desk.person, idea=desk.idea, **form.cleaned_data),
        _("Saved: it is read by those whom you chose."),
        desk.url(),
    )


def support(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say that one's company wants the same."""
    asked = request.POST.get("enterprise", "")
    company = int(asked) if asked.isdecimal() else None
    return tap(
        request,
        lambda: support_idea(actor=desk.person, idea=desk.idea, enterprise=company),
        _("Your company's support is counted. You can take it back."),
        _back(request, desk),
    )


def unsupport(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the support back."""
    return tap(
        request,
        lambda: take_support_back(actor=desk.person, idea=desk.idea),
        _("Taken back."),
        _back(request, desk),
    )


def _back(request: HttpRequest, desk: Desk) -> str:
    """Return where the tap came from: the list, or the idea."""
    return reverse("ideas:list") if request.POST.get("from") == "list" and not desk.token else desk.url()
