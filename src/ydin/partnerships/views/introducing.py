"""Bringing two other companies together: choose, say why, look at what each of them sees, send."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ydin.partnerships.forms import IntroduceForm
from ydin.partnerships.queries.together import introducible
from ydin.partnerships.services.introductions import introduce_others
from ydin.people.views.editing import attempt, see_other, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: HttpRequest) -> HttpResponse:
    """Ask whom and why (GET), show what each side sees, and send it (POST)."""
    return introduce_page(request, signed_in(request), back=reverse("partnerships:market"))


def introduce_page(request: HttpRequest, person: Any, *, back: str) -> HttpResponse:
    """Do the same for whoever may, signed in or by a personal link; `back` is where it ends."""
    companies = {one.pk: one for one in introducible(person)}
    if len(companies) < 2:  # noqa: PLR2004 - a pair
        raise PermissionDenied
    form = IntroduceForm(request.POST or None, companies=companies)
    status, sides = HTTPStatus.OK, []
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            one, other = companies[form.cleaned_data["one"]], companies[form.cleaned_data["other"]]
            sides, status = [(one, other), (other, one)], HTTPStatus.OK
            if "send" in request.POST:
                reason = form.cleaned_data["reason"]
                status = attempt(
                    form, lambda: introduce_others(actor=person, one=one, other=other, reason=reason)
                )
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Both are asked now, each on their own."))
            return see_other(back)
    readers = [pair[0].name for pair in sides] or [_("the two companies that you choose")]
    context = {
        "form": form,
        "sides": sides,
        "by": str(person),
        "back": back,
        "readers": [*readers, str(person)],
    }
    return render(request, "partnerships/introduce.html", context, status=status)
