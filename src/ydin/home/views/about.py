"""The pages about the site itself, and feedback on it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.calendar.queries import all_networks
from ydin.home.forms.public import FeedbackForm
from ydin.home.services.feedback import send_feedback
from ydin.home.views.shared import revalidated
from ydin.kernel.throttle import is_within
from ydin.networks.queries import about_network
from ydin.people.views.editing import attempt, is_foreign, see_other
from ydin.privacy.queries.notices import responsible_for
from ydin.ui.head import About

MOST_AN_HOUR, AN_HOUR = 6, 3600


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is, and what each network says about itself."""
    networks = all_networks()
    context = {
        "about": About(_("What is Ydin")),
        "contacts": _contacts(networks),
        "said": [(n.name, about_network(n, _language())) for n in networks if n.about or n.about_texts],
    }
    return revalidated(render(request, "home/about.html", context))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people and who reads it."""
    networks = all_networks()
    context = {
        "about": About(_("Privacy")),
        "contacts": _contacts(networks),
        "responsible": responsible_for(networks, _language()),
        "networks": networks,
    }
    return revalidated(render(request, "home/privacy.html", context))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Give the accessibility statement, with a form for what is in somebody's way."""
    return _statement(request, _form(None), HTTPStatus.OK)


@csrf_exempt
@require_POST
def feedback_send(request: HttpRequest) -> HttpResponse:
    """Take feedback. Without a token, since the page sets no cookie; it acts for nobody."""
    form = _form(request.POST)
    if not form.is_valid() or is_foreign(request):
        return _statement(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_trap():
        return see_other("home:feedback-thanks")
    if not is_within(request, "feedback", MOST_AN_HOUR, AN_HOUR):
        form.add_error(None, _("There were many messages from here. Please try again in a while."))
        return _statement(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    networks = all_networks()
    wanted = form.cleaned_data["network"] or networks[0].slug
    network = next(n for n in networks if n.slug == wanted)
    values = {name: form.cleaned_data[name] for name in ("message", "email", "page")}
    status = attempt(form, lambda: send_feedback(actor=None, network=network, language=_language(), **values))
    return (
        see_other("home:feedback-thanks")
        if status == HTTPStatus.SEE_OTHER
        else _statement(request, form, status)
    )


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    """Thank whoever gave feedback, and say by when it is answered."""
    return revalidated(render(request, "home/feedback_thanks.html", {"about": About(_("Thank you"))}))


def _form(data: Any) -> FeedbackForm:
    return FeedbackForm(data, networks=[(n.slug, n.name) for n in all_networks()])


def _statement(request: HttpRequest, form: FeedbackForm, status: HTTPStatus) -> HttpResponse:
    networks = all_networks()
    context = {
        "about": About(_("Accessibility statement")),
        "contacts": _contacts(networks),
        "form": form,
        "takes_feedback": bool(networks),
        "has_choice": len(networks) > 1,
    }
    return revalidated(render(request, "home/accessibility.html", context, status=status))


def _contacts(networks: list[Any]) -> list[tuple[str, str]]:
    return [(n.name, n.contact_email) for n in networks if n.contact_email]


def _language() -> str:
    return (get_language() or "fi")[:2]
