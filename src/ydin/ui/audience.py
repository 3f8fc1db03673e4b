"""Who reads something, in words, and the step before that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Seen:
    """Who reads something: in words, and by name as far as names say it."""

    words: str
    names: Sequence[str] = ()


@dataclass(frozen=True)
class AudienceChange:
    """Who reads something now and who will then.

    `answer` is what the form brings along once the person has seen the page. `back` is where "leave it"
    leads; without it the same form is sent again, so that what was typed comes back. `note` says from when.
    """

    what: str
    before: Seen
    after: Seen
    is_wider: bool
    answer: str
    back: str = ""
    note: str = ""


_OWN_FIELDS = {"csrfmiddlewaretoken", "seen_as", "unsure"}


def ask_first(request: HttpRequest, change: AudienceChange) -> HttpResponse | None:
    """Return the page that says what the change means, or None when the person has seen it and said yes.

    It carries along everything that was sent, and sends it to the same address again.
    """
    if request.POST.get("seen_as") == change.answer:
        return None
    fields = [(name, value) for name in request.POST if name not in _OWN_FIELDS
              for value in request.POST.getlist(name)]  # fmt: skip
    return render(request, "ui/audience_change.html", {"change": change, "fields": fields})


def thought_again(request: HttpRequest) -> bool:
    """Tell whether the person came back from that page to leave it as it is."""
    return "unsure" in request.POST
