"""The coordinator's desk: drafts, languages, who is named, asking, publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.experiments.queries import public_texts
from ydin.kernel.errors import Conflict, Refused
from ydin.partnerships.policies import visible_together
from ydin.people.policies import as_person
from ydin.stories.documents import seen_draft, seen_story, story_change
from ydin.stories.forms import StoryForm, VersionForm
from ydin.stories.policies import edited_networks, edited_stories
from ydin.stories.queries import collaborations_to_tell, companies_by_name, consents_of, texts_to_tell, told
from ydin.stories.rules import may_publish
from ydin.stories.services import (
    ask_companies,
    change_story,
    draft_from_collaboration,
    draft_story,
    publish_story,
    take_story_down,
)
from ydin.ui.audience import ask_first

A_PAGE, FIRST = 20, 5
SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409


def _see_other(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = SEE_OTHER
    return response


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """List stories and drafts, and the public texts of which a story can be made."""
    networks = edited_networks(request.user)
    if not networks.exists():
        raise PermissionDenied
    rows = edited_stories(request.user).select_related("network").order_by("-created_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    language = (get_language() or "fi")[:2]
    context = {
        "page": page,
        "stories": [told(one, language) for one in page.object_list],
        "texts": texts_to_tell(networks)[:FIRST],
        "together": collaborations_to_tell(visible_together(request.user), networks)[:FIRST],
        "seen": seen_draft(networks),
    }
    return render(request, "stories/desk.html", context)


@require_safe
@login_required
def sources(request: HttpRequest) -> HttpResponse:
    """List all of which a story can be made: public texts, or with `from=together` collaborations."""
    networks = edited_networks(request.user)
    if not networks.exists():
        raise PermissionDenied
    is_together = request.GET.get("from") == "together"
    rows: Any = (
        collaborations_to_tell(visible_together(request.user), networks)
        if is_together
        else texts_to_tell(networks)
    )
    here = reverse("stories:sources")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "is_together": is_together,
        "seen": seen_draft(networks),
        "tabs": [
            (here, _("From experiments"), not is_together),
            (f"{here}?from=together", _("From working together"), is_together),
        ],
    }
    return render(request, "stories/sources.html", context)


@require_POST
@login_required
def draft(request: HttpRequest, text: int) -> HttpResponse:
    """Make a draft of a public text."""
    found = get_object_or_404(public_texts(), pk=text)
    made = draft_story(actor=as_person(request.user), text=found)
    return _see_other(reverse("stories:edit", args=[made.pk]))


@require_POST
@login_required
def draft_together(request: HttpRequest, collaboration: int) -> HttpResponse:
    """Make a draft of what two companies do together."""
    found = get_object_or_404(
        visible_together(request.user).select_related("one", "other", "group", "network"), pk=collaboration
    )
    made = draft_from_collaboration(actor=as_person(request.user), collaboration=found)
    return _see_other(reverse("stories:edit", args=[made.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a story in each language, and see who has agreed."""
    story = get_object_or_404(edited_stories(request.user).select_related("network"), pk=pk)
    consents = consents_of(story)
    form = StoryForm(request.POST or None, languages=_languages(story), initial=_initial(story, consents))
    status = _save(request, story, form) if request.method == "POST" else 200
    if status == SEE_OTHER:
        messages.success(request, _("Saved. Ask the companies now whether they agree to this text."))
        return _see_other(reverse("stories:edit", args=[pk]))
    context = {
        "story": story,
        "told": told(story, (get_language() or "fi")[:2]),
        "form": form,
        "version_form": VersionForm(initial={"version": story.version}, auto_id=False),
        "consents": consents,
        "seen": seen_story(story, consents),
        "may_publish": may_publish(story.state, [one.state for one in consents]),
        "may_ask": story.state != "published" and any(one.state != "yes" for one in consents),
    }
    return render(request, "stories/edit.html", context, status=status)


def _languages(story: Any) -> list[str]:
    others = [code for code in story.texts if code not in story.network.languages]
    return [*story.network.languages, *others]


def _initial(story: Any, consents: list[Any]) -> dict[str, Any]:
    told_by = {f"title_{code}": words for code, words in story.titles.items()}
    told_by |= {f"text_{code}": words for code, words in story.texts.items()}
    names = "\n".join(one.enterprise.name for one in consents)
    return {**told_by, "companies": names, "version": story.version}


def _save(request: HttpRequest, story: Any, form: StoryForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    companies, unknown = companies_by_name(story.network, form.names())
    if unknown:
        form.add_error("companies", _("The network does not know: %(names)s") % {"names": ", ".join(unknown)})
        return UNPROCESSABLE
    try:
        change_story(
            actor=as_person(request.user),
            story=story,
            version=form.cleaned_data["version"],
            titles=form.by_language("title"),
            texts=form.by_language("text"),
            companies=companies,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return UNPROCESSABLE
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return CONFLICT
    return SEE_OTHER


@require_POST
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the companies named."""

    def words(sent: Any) -> str:
        said = ngettext("%(count)s letter goes out.", "%(count)s letters go out.", sent)
        return said % {"count": sent}

    return _press(request, pk, ask_companies, words)


@require_POST
@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish; a page says first who reads it then."""
    return _asked(request, pk, publish=True) or _press(
        request, pk, publish_story, lambda _made: _("Everybody can read the story now.")
    )


@require_POST
@login_required
def down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down; a page says first who reads it then."""
    return _asked(request, pk, publish=False) or _press(
        request, pk, take_story_down, lambda _made: _("The story is taken down.")
    )


def _asked(request: HttpRequest, pk: int, *, publish: bool) -> HttpResponse | None:
    story = get_object_or_404(edited_stories(request.user).select_related("network"), pk=pk)
    consents = consents_of(story)
    moves = (
        may_publish(story.state, [one.state for one in consents]) if publish else story.state == "published"
    )
    return ask_first(request, story_change(story, consents, publish=publish)) if moves else None


def _press(request: HttpRequest, pk: int, service: Any, words: Callable[[Any], str]) -> HttpResponse:
    story = get_object_or_404(edited_stories(request.user), pk=pk)
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            made = service(actor=as_person(request.user), story=story, **form.cleaned_data)
        except (Refused, Conflict) as said:
            messages.error(request, str(said))
        else:
            messages.success(request, words(made))
    return _see_other(reverse("stories:edit", args=[pk]))
