"""A company's yes or no by personal link, without signing in; as long as the story stands it can be taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.errors import Conflict
from ydin.people.views.editing import see_other
from ydin.people.views.links import by_link
from ydin.stories.documents import seen_answer
from ydin.stories.emails import LINK
from ydin.stories.forms import ConsentForm
from ydin.stories.policies import can_consent
from ydin.stories.queries import consent_by_link, consents_of, told
from ydin.stories.services import answer_consent

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422


def _of_link(person: Any, pk: int) -> Any:
    found = consent_by_link(pk)
    return found if found is not None and found.asked_at is not None and can_consent(person, found) else None


linked = by_link(LINK, _of_link)


@require_safe
@linked
def consent(request: HttpRequest, token: str, consent: Any, person: Any) -> HttpResponse:
    """Show the story in every language it has, and ask."""
    del person
    return _page(request, token, consent)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_POST
@linked
def consent_answer(request: HttpRequest, token: str, consent: Any, person: Any) -> HttpResponse:
    """Record the answer."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, token, consent, problem=_("Say yes or no."), status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        answer_consent(actor=person, consent=consent, version=data["version"], agrees=data["answer"] == "yes")
    except Conflict as conflict:
        return _page(request, token, consent, problem=str(conflict), status=CONFLICT)
    messages.success(request, _("Thank you, it is written down."))
    return see_other("stories:consent", token)


def _page(
    request: HttpRequest, token: str, consent: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    story = consent.story
    consents = consents_of(story)
    others = [one.enterprise.name for one in consents if one.pk != consent.pk]
    context = {
        "consent": consent,
        "story": story,
        "token": token,
        "problem": problem,
        "others": others,
        "seen": seen_answer(story, consents),
        "languages": [told(story, code) for code in story.texts],
    }
    return render(request, "stories/say_yes.html", context, status=status)
