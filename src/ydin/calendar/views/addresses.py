"""A person's own calendar addresses: make one, copy it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.calendar.documents.audience import address_change
from ydin.calendar.forms import AppPasswordForm, FeedAddressForm
from ydin.calendar.policies import own_app_passwords, own_feed_addresses
from ydin.calendar.services import create_feed_address, revoke_feed_address
from ydin.kernel.errors import Refused
from ydin.kernel.links import make_token
from ydin.meetings.documents.check_in import Picture, qr_picture
from ydin.people.policies import Reader, as_person
from ydin.ui.audience import ask_first


@dataclass(frozen=True)
class Address:
    """A calendar address as the page shows it."""

    pk: int
    name: str
    created_at: datetime
    last_used_on: date | None
    shows_details: bool
    keeps_cancelled: bool
    url: str
    webcal: str
    qr: Picture


def _addresses(reader: Reader) -> list[Address]:
    found = []
    for row in own_feed_addresses(reader):
        url = f"{settings.BASE_URL}{reverse('calendar:own-feed', args=[make_token('feed', row.pk)])}"
        webcal = f"webcal://{url.partition('://')[2]}"
        kept = (row.shows_details, row.keeps_cancelled)
        found.append(
            Address(
                row.pk, row.name, row.created_at, row.last_used_on, *kept, url, webcal, qr_picture(webcal)
            )
        )
    return found


def devices_page(
    request: HttpRequest,
    *,
    form: FeedAddressForm | None = None,
    password_form: AppPasswordForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the reader's addresses and app passwords, with what was just written into a form."""
    context = {
        "form": form or FeedAddressForm(),
        "password_form": password_form or AppPasswordForm(),
        "feeds": _addresses(request.user),
        "passwords": list(own_app_passwords(request.user)),
    }
    response = render(request, "calendar/mine.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the reader's addresses and app passwords."""
    return devices_page(request)


@login_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Make one more address."""
    form = FeedAddressForm(request.POST)
    person = as_person(request.user)
    assert person is not None
    if not form.is_valid():
        return devices_page(request, form=form, status=422)
    if form.cleaned_data["shows_details"]:
        question = ask_first(request, address_change(person))
        if question is not None:
            return question
    try:
        create_feed_address(actor=person, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return devices_page(request, form=form, status=422)
    messages.success(request, _("The address is ready. Copy it into your calendar program."))
    return HttpResponse(status=303, headers={"Location": reverse("calendar:mine")})


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address back."""
    person = as_person(request.user)
    assert person is not None
    address = get_object_or_404(own_feed_addresses(person), pk=pk)
    revoke_feed_address(actor=person, address=address)
    messages.success(request, _("The address no longer works."))
    return HttpResponse(status=303, headers={"Location": reverse("calendar:mine")})
