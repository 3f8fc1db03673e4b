"""A person's own settings, and turning letters off without signing in."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ydin.kernel.acting import acting_as
from ydin.kernel.links import BadLink
from ydin.people.forms import SettingsForm
from ydin.people.policies import MAIL_KIND_CHOICES, wanted_kinds
from ydin.people.services import change_settings, choose_mail, read_unsubscribe


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and save name, language, time zone and wanted letters."""
    person = request.user
    assert person.is_authenticated
    initial = {
        "name": person.name,
        "language": person.language,
        "time_zone": person.time_zone,
        "wanted": wanted_kinds(person),
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
    context = {"done": done, "wanted_again": wanted_again, "kind_label": dict(MAIL_KIND_CHOICES)[kind.value]}
    return render(request, "people/unsubscribe.html", context)
