"""A company's yes or no by personal link, without signing in; as long as the story stands it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.acting import acting_as
from ydin.kernel.errors import Conflict
from ydin.kernel.links import BadLink, read_token
from ydin.people.policies import find_person
from ydin.stories.emails import LINK
from ydin.stories.forms import ConsentForm
from ydin.stories.policies import can_consent
from ydin.stories.queries import consent_by_link, consents_of, told
from ydin.stories.services import answer_consent

View = Callable[..., HttpResponse]
SEE_OTHER, CONFLICT, NOT_FOUND = 303, 409, 404


def _by_link(view: View) -> View:
    """Turn the token into the company's consent and the person, act as the person; else say so kindly."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            pk, person_id = read_token(LINK, token, 2)
        except BadLink:
            return _bad_link(request)
        person = find_person(person_id)
        if person is None:
            return _bad_link(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else person.language
        with acting_as(person.pk), translation.override(language):
            consent = consent_by_link(pk)
            if consent is None or consent.asked_at is None or not can_consent(person, consent):
                return _bad_link(request)
            response = view(request, token, consent, person)
            response.headers["Content-Language"] = translation.get_language() or ""
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "stories/bad_link.html", status=NOT_FOUND)


@require_safe
@_by_link
def consent(request: HttpRequest, token: str, consent: Any, person: Any) -> HttpResponse:
    """Show the story in every language it has, and ask."""
    del person
    return _page(request, token, consent)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_POST
@_by_link
def consent_answer(request: HttpRequest, token: str, consent: Any, person: Any) -> HttpResponse:
    """Record the answer."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, token, consent)
    data = form.cleaned_data
    try:
        answer_consent(actor=person, consent=consent, version=data["version"], agrees=data["answer"] == "yes")
    except Conflict as conflict:
        return _page(request, token, consent, problem=str(conflict), status=CONFLICT)
    messages.success(request, _("Thank you, it is written down."))
    response = HttpResponseRedirect(reverse("stories:consent", args=[token]))
    response.status_code = SEE_OTHER
    return response


def _page(
    request: HttpRequest, token: str, consent: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    story = consent.story
    others = [one.enterprise.name for one in consents_of(story) if one.pk != consent.pk]
    context = {
        "consent": consent,
        "story": story,
        "token": token,
        "problem": problem,
        "others": others,
        "languages": [told(story, code) for code in story.texts],
    }
    return render(request, "stories/say_yes.html", context, status=status)
