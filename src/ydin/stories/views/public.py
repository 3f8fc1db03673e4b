"""The stories as everybody finds them: the list, one story, the feed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ydin.people.policies import as_person
from ydin.stories.documents import IN_FEED, about_story, feed_of
from ydin.stories.emails import consent_path
from ydin.stories.queries import latest_stories, own_consent, published_stories, told
from ydin.ui.head import About

A_PAGE = 12


def _language() -> str:
    return (get_language() or "fi")[:2]


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """List the stories, newest first."""
    page = Paginator(published_stories(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "stories": [told(story, _language()) for story in page.object_list],
        "about": About(_("Stories"), _("What came of it: entrepreneurs tell, by their own consent.")),
    }
    return render(request, "stories/list.html", context)


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story; those whom it names find here how to take that back."""
    found = get_object_or_404(published_stories(), pk=pk)
    person = as_person(request.user)
    consent = own_consent(found, person)
    shown = told(found, _language())
    context = {
        "told": shown,
        "about": about_story(shown),
        "consent_url": consent_path(consent, person) if consent and person else "",
    }
    return render(request, "stories/story.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the newest stories to feed readers."""
    del request
    text = feed_of(latest_stories(_language(), IN_FEED), _language())
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
