"""A person's own settings, and turning letters off without signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ydin.kernel.acting import acting_as
from ydin.kernel.links import BadLink
from ydin.people.forms import LettersForm, SettingsForm
from ydin.people.policies import MAIL_KIND_CHOICES, wanted_kinds
from ydin.people.rules import MailKind, Rhythm
from ydin.people.services import (
    change_settings,
    choose_letters,
    choose_mail,
    letters_path,
    read_letters_link,
    read_unsubscribe,
)
from ydin.people.views.editing import see_other


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and save name, language and time zone."""
    person = request.user
    assert person.is_authenticated
    initial = {
        "name": person.name,
        "language": person.language,
        "time_zone": person.time_zone,
    }
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_settings(actor=person, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        answer = redirect("people:settings")
        answer.delete_cookie(django_settings.LANGUAGE_COOKIE_NAME)
        return answer
    status = 422 if form.is_bound else 200
    return render(request, "people/settings.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Show and save which letters the signed-in person wants."""
    assert request.user.is_authenticated
    return _letters(request, request.user, reverse("people:letters"))


@require_http_methods(["GET", "POST"])
def letters_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Do the same for the person whom the link in a letter names. Looking changes nothing."""
    try:
        person = read_letters_link(token)
    except BadLink as error:
        raise Http404 from error
    if person is None:
        raise Http404
    with acting_as(person.pk), translation.override(person.language):
        return _letters(request, person, reverse("people:letters_by_link", args=[token]))


def _letters(request: HttpRequest, person: Any, here: str) -> HttpResponse:
    wanted = wanted_kinds(person)
    initial = {
        "wanted": wanted,
        "rhythm": person.digest_rhythm if MailKind.DIGEST in wanted else Rhythm.OFF,
        "digest_at": person.digest_at,
        "language": person.language,
        "paused_until": person.mail_paused_until,
    }
    form = LettersForm(
        request.POST if request.method == "POST" else None, initial=initial, time_zone=person.time_zone
    )
    if request.method == "POST" and form.is_valid():
        choose_letters(actor=person, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        answer = see_other(here)
        answer.delete_cookie(django_settings.LANGUAGE_COOKIE_NAME)
        return answer
    context = {"form": form, "person": person, "signed_in": request.user == person}
    return render(request, "people/letters.html", context, status=422 if form.is_bound else 200)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask (GET) and turn off (POST). The POST needs no cookie: mail programs send it (RFC 8058)."""
    try:
        person, kind = read_unsubscribe(token)
    except BadLink as error:
        raise Http404 from error
    if person is None:
        raise Http404
    done = request.method == "POST"
    wanted_again = done and "again" in request.POST
    with acting_as(person.pk):
        if done:
            choose_mail(actor=person, kind=kind, wanted=wanted_again)
    context = {
        "done": done,
        "wanted_again": wanted_again,
        "kind_label": dict(MAIL_KIND_CHOICES)[kind.value],
        "letters_url": letters_path(person),
    }
    return render(request, "people/unsubscribe.html", context)
