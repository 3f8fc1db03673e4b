"""Asking to visit, without an account; and the applicant's own page behind a signed link."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ydin.groups.emails import FOLLOW
from ydin.groups.forms.applications import ApplyForm
from ydin.groups.policies import visible_groups
from ydin.groups.queries import about_group, application_by_link
from ydin.groups.rules import OPEN_APPLICATIONS
from ydin.groups.services import apply_to_visit, withdraw_application
from ydin.kernel.errors import YdinError
from ydin.kernel.links import BadLink, read_token
from ydin.kernel.throttle import is_within
from ydin.people.views.editing import attempt, is_foreign, see_other
from ydin.ui.head import About

MOST_WRITTEN = 300
MOST_AN_HOUR, AN_HOUR = 12, 3600
"""From one address: enough for a fair where people ask one after another, too little for a machine."""


def _group(network: str, slug: str) -> Any:
    rows = visible_groups(None).select_related("network", "region", "organisation")
    return get_object_or_404(rows, network__slug=network, slug=slug)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, network: str, slug: str) -> HttpResponse:
    """Ask to visit. Whoever asks a second time gets the same thank-you.

    Without a token, since the page sets no cookie; it acts for nobody. `message` may be written beforehand.
    """
    group = _group(network, slug)
    written = {"message": request.GET.get("message", "")[:MOST_WRITTEN]}
    form = ApplyForm(request.POST or None, initial=written)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid() and not is_foreign(request):
            status = _write_down(request, group, form)
            if status == HTTPStatus.SEE_OTHER:
                return see_other("groups:thanks", network, slug)
    title = _("Visit %(name)s") % {"name": group.name}
    context = {
        "group": group,
        "form": form,
        "about": About(title, about_group(group, get_language() or "").text),
    }
    return render(request, "groups/apply.html", context, status=status)


def _write_down(request: HttpRequest, group: Any, form: ApplyForm) -> HTTPStatus:
    if form.is_trap():
        return HTTPStatus.SEE_OTHER
    if not is_within(request, "apply", MOST_AN_HOUR, AN_HOUR):
        form.add_error(None, _("There were many messages from here. Please try again in a while."))
        return HTTPStatus.TOO_MANY_REQUESTS
    values = {k: v for k, v in form.cleaned_data.items() if k != "website"}
    language = (get_language() or group.language)[:2]
    return attempt(form, lambda: apply_to_visit(actor=None, group=group, language=language, **values))


@require_GET
def thanks(request: HttpRequest, network: str, slug: str) -> HttpResponse:
    """Thank whoever asked."""
    return render(request, "groups/apply_thanks.html", {"group": _group(network, slug)})


def _application(token: str) -> Any:
    try:
        (number,) = read_token(FOLLOW, token, 1)
        found = application_by_link(UUID(int=number))
    except (BadLink, ValueError) as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _follow_page(request: HttpRequest, token: str, found: Any, **context: Any) -> HttpResponse:
    status = context.pop("status", HTTPStatus.OK)
    full = {
        "application": found,
        "group": found.group,
        "token": token,
        "is_open": found.state in OPEN_APPLICATIONS,
        "problem": "",
        **context,
    }
    answer = render(request, "groups/apply_follow.html", full, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_GET
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show the applicant how it goes."""
    return _follow_page(request, token, _application(token))


@never_cache
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take the application back."""
    found = _application(token)
    try:
        withdraw_application(actor=None, application=found)
    except YdinError as error:
        return _follow_page(request, token, found, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return see_other("groups:follow", token)
